#ifndef SALESPAY_MAIL_PASSWORD_H
#define SALESPAY_MAIL_PASSWORD_H

struct mail_settings;
struct diag;

/*
 * The server account's password: the first line of a file that nobody but its
 * owner may read, so that it stands in no argument, environment, log or
 * company.xml. "" without user. NULL with an error in diag. To be given back by
 * password_free, which wipes it.
 */
char *password_read(const struct mail_settings *settings, struct diag *diag);
void password_free(char *password); /* NULL is fine */

#endif
