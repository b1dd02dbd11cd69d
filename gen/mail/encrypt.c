#include "mail/encrypt.h"

#include <string.h>

#include <qpdf/qpdf-c.h>

#include "base/arena.h"
#include "base/diag.h"
#include "mail/secrets.h"

/* qpdf's own words for the error; the library keeps none of what it was given to read. */
static const char *reason(qpdf_data qpdf)
{
	return qpdf_has_error(qpdf) ? qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)) : "?";
}

static bool is_bad(QPDF_ERROR_CODE code)
{
	return code & QPDF_ERRORS;
}

static bool write_encrypted(qpdf_data qpdf, const struct encrypt_job *job)
{
	char owner[SECRET_SIZE];

	if (!secret_draw(owner) || is_bad(qpdf_init_write_memory(qpdf)))
		return false;
	qpdf_set_object_stream_mode(qpdf, qpdf_o_preserve);
	qpdf_set_stream_data_mode(qpdf, qpdf_s_preserve);
	qpdf_set_r6_encryption_parameters2(qpdf, job->secret, owner, QPDF_TRUE /* accessibility */, QPDF_TRUE /* extract */,
		QPDF_FALSE /* assemble */, QPDF_FALSE /* annotate */, QPDF_FALSE /* fill forms */, QPDF_FALSE /* modify */,
		qpdf_r3p_full, QPDF_TRUE /* metadata encrypted too */);
	return !is_bad(qpdf_write(qpdf));
}

bool encrypt_slip(const struct encrypt_job *job, struct file_bytes *out, struct arena *arena, struct diag *diag)
{
	qpdf_data qpdf = qpdf_init();
	bool ok;

	qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
	ok = !is_bad(qpdf_read_memory(qpdf, job->name, job->slip.data, job->slip.size, NULL)) && write_encrypted(qpdf, job);
	if (ok) {
		size_t size = qpdf_get_buffer_length(qpdf);
		char *data = arena_alloc(arena, size + 1);

		memcpy(data, qpdf_get_buffer(qpdf), size);
		*out = (struct file_bytes){ data, size };
	} else {
		diag_add(diag, MSG_ENCRYPTION_FAILED, (struct place){ .file = job->name }, reason(qpdf), NULL);
	}
	qpdf_cleanup(&qpdf);
	return ok;
}
