#include "mail/password.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "base/file.h"
#include "mail/settings.h"

static bool is_private(const struct mail_settings *settings, struct diag *diag)
{
	struct stat status;

	if (stat(settings->password_file, &status) || !S_ISREG(status.st_mode) || !(status.st_mode & (S_IRWXG | S_IRWXO)))
		return true; /* what is not there or cannot be read the reading says */
	diag_add(diag, MSG_PASSWORD_OPEN, settings->password_file_place, settings->password_file, NULL);
	return false;
}

char *password_read(const struct mail_settings *settings, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct file_bytes bytes;
	char *password = NULL;

	if (!settings->user) {
		password = strdup("");
	} else if (is_private(settings, diag) && file_read(settings->password_file, arena, &bytes, diag)) {
		size_t length = strcspn(bytes.data, "\r\n");

		if (length)
			password = strndup(bytes.data, length);
		else
			diag_add(diag, MSG_PASSWORD_BLANK, settings->password_file_place, settings->password_file, NULL);
		explicit_bzero((char *)(size_t)bytes.data, bytes.size);
	}
	arena_free(arena);
	return password;
}

void password_free(char *password)
{
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
}
