#include "base/file_fault.h"

#include <errno.h>
#include <string.h>

#include "base/diag.h"

const char *fault_text(int error)
{
	const char *text = strerrordesc_np(error);

	return text ? text : "unknown error";
}

bool fault_reading(struct diag *diag, const char *path, int error)
{
	struct place at = PLACE_NONE;

	at.file = path; /* so that it is listed with what else is wrong in that file */
	if (error == ENOENT || error == ENOTDIR)
		diag_add(diag, MSG_FILE_MISSING, at, path, NULL);
	else if (error == EISDIR)
		diag_add(diag, MSG_FILE_IS_FOLDER, at, path, NULL);
	else
		diag_add(diag, MSG_FILE_UNREADABLE, at, path, fault_text(error), NULL);
	return false;
}

bool fault_listing(struct diag *diag, const char *path, int error)
{
	if (error == ENOENT)
		diag_add(diag, MSG_FOLDER_MISSING, PLACE_NONE, path, NULL);
	else if (error == ENOTDIR)
		diag_add(diag, MSG_FOLDER_IS_FILE, PLACE_NONE, path, NULL);
	else
		diag_add(diag, MSG_FOLDER_UNREADABLE, PLACE_NONE, path, fault_text(error), NULL);
	return false;
}

/* The two reasons that a clerk can mend have messages of their own. */
static bool usual_fault(struct diag *diag, const char *path, int error)
{
	if (error == ENOSPC || error == EDQUOT)
		diag_add(diag, MSG_DISK_FULL, PLACE_NONE, path, NULL);
	else if (error == EACCES || error == EPERM || error == EROFS)
		diag_add(diag, MSG_WRITE_DENIED, PLACE_NONE, path, NULL);
	else
		return false;
	return true;
}

bool fault_writing(struct diag *diag, const char *path, int error)
{
	if (!usual_fault(diag, path, error))
		diag_add(diag, MSG_WRITE_FAILED, PLACE_NONE, path, fault_text(error), NULL);
	return false;
}

bool fault_making(struct diag *diag, const char *path, int error)
{
	if (!usual_fault(diag, path, error))
		diag_add(diag, MSG_FOLDER_MAKE_FAILED, PLACE_NONE, path, fault_text(error), NULL);
	return false;
}

bool fault_renaming(struct diag *diag, const char *from, const char *to, int error)
{
	if (!usual_fault(diag, to, error))
		diag_add(diag, MSG_RENAME_FAILED, PLACE_NONE, from, to, fault_text(error), NULL);
	return false;
}

bool fault_removing(struct diag *diag, const char *path, int error)
{
	diag_add(diag, MSG_REMOVE_FAILED, PLACE_NONE, path, fault_text(error), NULL);
	return false;
}

bool fault_syncing(struct diag *diag, const char *path, int error)
{
	if (!usual_fault(diag, path, error))
		diag_add(diag, MSG_SYNC_FAILED, PLACE_NONE, path, fault_text(error), NULL);
	return false;
}
