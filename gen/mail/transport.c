#include "mail/transport.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

#define AFTER_END 5 /* times as long as for other replies: the server may look for viruses first (RFC 5321, 4.5.3.2.6) */

/* The last that went out. */
enum stage { STAGE_CONNECT, STAGE_HELLO, STAGE_TLS, STAGE_LOGIN, STAGE_MAIL, STAGE_RECIPIENT, STAGE_DATA, STAGE_END };

struct transport {
	CURL *curl;
	char error[CURL_ERROR_SIZE];
	int timeout; /* seconds */
	/* of the message under way */
	const struct transport_message *message;
	size_t given;
	enum stage stage;
	bool refused; /* before_end said no */
	bool leaving; /* QUIT went out: what comes now answers that */
	int code; /* of the whole reply to that stage; 0: none yet */
	size_t length;
	char words[sizeof(((struct transport_answer *)0)->words)]; /* of that reply, behind the code */
};

static void enter(struct transport *transport, enum stage stage)
{
	transport->stage = stage;
	transport->code = 0;
	transport->length = 0;
	transport->words[0] = '\0';
}

/* ---- what passes over the line ---- */

/* What answers the server within AUTH is in no row: it holds the password, is not looked at and begins no stage. */
static void see_command(struct transport *transport, const char *text, size_t size)
{
	static const struct { const char *start; enum stage stage; } commands[] = {
		{ "EHLO ", STAGE_HELLO }, { "HELO ", STAGE_HELLO }, { "STARTTLS", STAGE_TLS }, { "AUTH ", STAGE_LOGIN }, { "MAIL ", STAGE_MAIL },
		{ "RCPT ", STAGE_RECIPIENT }, { "DATA", STAGE_DATA },
	};

	if (size >= 4 && !strncmp(text, "QUIT", 4))
		transport->leaving = true;
	else if (transport->stage == STAGE_LOGIN) /* the next step of it */
		enter(transport, STAGE_LOGIN);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		size_t length = strlen(commands[i].start);

		if (size >= length && !strncmp(text, commands[i].start, length))
			enter(transport, commands[i].stage);
	}
}

static bool is_reply(const char *line, size_t size)
{
	for (size_t i = 0; i < 3; i++)
		if (size < 3 || line[i] < '0' || line[i] > '9')
			return false;
	return size == 3 || line[3] == ' ' || line[3] == '-';
}

/* Replies of several lines are joined. What is no reply is nothing, as is a second one, which nobody asked for. */
static void see_reply(struct transport *transport, const char *line, size_t size)
{
	while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
		size--;
	if (!is_reply(line, size) || transport->code || transport->leaving)
		return;
	if (size == 3 || line[3] == ' ')
		transport->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
	if (transport->length && transport->length + 2 < sizeof(transport->words))
		transport->words[transport->length++] = ' ';
	for (size_t i = 4; i < size && transport->length + 1 < sizeof(transport->words); i++)
		transport->words[transport->length++] = line[i];
	transport->words[transport->length] = '\0';
}

static int see(CURL *curl, curl_infotype type, char *data, size_t size, void *context)
{
	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		see_command(context, data, size);
	else if (type == CURLINFO_HEADER_IN)
		see_reply(context, data, size);
	return 0;
}

/* How long the server may be silent, and the line without a byte. */
static void set_patience(struct transport *transport, int seconds)
{
	curl_easy_setopt(transport->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)seconds);
	curl_easy_setopt(transport->curl, CURLOPT_LOW_SPEED_TIME, (long)seconds);
}

/* Once this has returned 0 libcurl writes the final dot, and never before: the length is not told beforehand. */
static size_t give(char *out, size_t size, size_t count, void *context)
{
	struct transport *transport = context;
	const struct transport_message *message = transport->message;
	size_t left = message->size - transport->given, room = size * count;

	if (left > room)
		left = room;
	if (left) {
		memcpy(out, message->data + transport->given, left);
		transport->given += left;
		return left;
	}
	if (transport->stage == STAGE_END)
		return 0;
	transport->refused = !message->before_end(message->context);
	if (transport->refused)
		return CURL_READFUNC_ABORT;
	enter(transport, STAGE_END);
	set_patience(transport, transport->timeout * AFTER_END);
	return 0;
}

/* ---- what it means ---- */

static enum mail_state after_end(const struct transport *transport)
{
	switch (transport->code / 100) {
	case 2:
		return MAIL_ACCEPTED;
	case 4:
		return MAIL_TEMPORARY;
	case 5:
		return MAIL_PERMANENT;
	default:
		return MAIL_UNCERTAIN;
	}
}

/* Before any message is at stake; TROUBLE_NONE if it is not of this kind. */
static enum transport_trouble line_trouble(const struct transport *transport, CURLcode result)
{
	bool later = transport->code / 100 == 4;

	switch ((int)result) {
	case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_ISSUER_ERROR: case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_INVALIDCERTSTATUS: case CURLE_SSL_CRL_BADFILE:
		return TROUBLE_CERTIFICATE;
	case CURLE_USE_SSL_FAILED:
		return later ? TROUBLE_BUSY : TROUBLE_TLS;
	case CURLE_SSL_CONNECT_ERROR: case CURLE_SSL_CIPHER: /* OpenSSL's own words, or the line broke meanwhile */
		return strstr(transport->error, "error:") ? TROUBLE_TLS : TROUBLE_BUSY;
	case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_CONNECT:
		return TROUBLE_AWAY;
	case CURLE_LOGIN_DENIED:
		return later ? TROUBLE_BUSY : TROUBLE_LOGIN;
	case CURLE_OPERATION_TIMEDOUT:
		return transport->stage == STAGE_CONNECT ? TROUBLE_AWAY : TROUBLE_BUSY;
	default:
		return TROUBLE_NONE;
	}
}

/* 530: log in first; 534, 535, 538: not like that (RFC 4954, 6). */
static bool wants_login(int code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum transport_trouble trouble_of(const struct transport *transport, CURLcode result)
{
	enum transport_trouble trouble = line_trouble(transport, result);
	int class = transport->code / 100;

	if (trouble)
		return trouble;
	if (transport->code == 421 || (class != 4 && class != 5))
		return TROUBLE_BUSY;
	if (transport->stage == STAGE_LOGIN)
		return class == 4 ? TROUBLE_BUSY : TROUBLE_LOGIN;
	if (transport->stage < STAGE_MAIL)
		return TROUBLE_BUSY;
	if (wants_login(transport->code))
		return TROUBLE_LOGIN;
	if (transport->stage == STAGE_MAIL)
		return class == 5 ? TROUBLE_SENDER : TROUBLE_BUSY;
	return TROUBLE_MESSAGE;
}

/* In place of a reply: what became of the line, and where in the talk. */
static void say_silence(const struct transport *transport, CURLcode result, struct transport_answer *answer)
{
	static const char *const stages[] = { [STAGE_CONNECT] = "at the beginning", [STAGE_HELLO] = "at EHLO", [STAGE_TLS] = "at STARTTLS",
		[STAGE_LOGIN] = "at AUTH", [STAGE_MAIL] = "at MAIL", [STAGE_RECIPIENT] = "at RCPT", [STAGE_DATA] = "at DATA",
		[STAGE_END] = "after the end of the message" };
	const char *what = NULL;

	if (result == CURLE_OPERATION_TIMEDOUT)
		what = "no answer";
	else if (result == CURLE_RECV_ERROR || result == CURLE_SEND_ERROR || result == CURLE_GOT_NOTHING)
		what = "connection lost";
	if (what)
		snprintf(answer->words, sizeof(answer->words), "(%s %s)", what, stages[transport->stage]);
	else
		snprintf(answer->words, sizeof(answer->words), "(%s)", *transport->error ? transport->error : curl_easy_strerror(result));
}

static void conclude(const struct transport *transport, CURLcode result, struct transport_answer *answer)
{
	int class = transport->code / 100;

	if (transport->refused) {
		*answer = (struct transport_answer){ .state = MAIL_TEMPORARY, .trouble = TROUBLE_OURS };
		return;
	}
	if (transport->stage == STAGE_END) {
		answer->state = after_end(transport);
		answer->trouble = answer->state == MAIL_ACCEPTED ? TROUBLE_NONE :
			answer->state == MAIL_UNCERTAIN || transport->code == 421 ? TROUBLE_BUSY : TROUBLE_MESSAGE;
	} else {
		answer->trouble = trouble_of(transport, result);
		answer->state = answer->trouble == TROUBLE_MESSAGE && class == 5 ? MAIL_PERMANENT : MAIL_TEMPORARY;
	}
	answer->code = class == 4 || class == 5 || transport->stage == STAGE_END ? transport->code : 0;
	if (answer->code)
		snprintf(answer->words, sizeof(answer->words), "%s", transport->words);
	else
		say_silence(transport, result, answer);
}

/* ---- the door ---- */

static void set_server(struct transport *transport, const struct mail_settings *settings, const char *password)
{
	static const char *const auths[] = { [MAIL_AUTH_ANY] = NULL, [MAIL_AUTH_PLAIN] = "AUTH=PLAIN", [MAIL_AUTH_LOGIN] = "AUTH=LOGIN" };
	const char *bracket = strchr(settings->host, ':') ? "[" : "";
	char url[400];
	CURL *curl = transport->curl;

	snprintf(url, sizeof(url), "smtp%s://%s%s%s:%d", settings->tls == MAIL_TLS ? "s" : "", bracket, settings->host, *bracket ? "]" : "",
		settings->port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(settings->tls == MAIL_CLEAR ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (settings->ca_file) /* in place of the machine's file; its folder of certificates is still looked into */
		curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
	if (!settings->user)
		return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, auths[settings->auth]);
}

static void set_line(struct transport *transport)
{
	CURL *curl = transport->curl;

	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, transport);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* for see(), which is all that hears it */
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, see);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, transport);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transport->error);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)transport->timeout);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
}

struct transport *transport_new(const struct mail_settings *settings, const char *password)
{
	struct transport *transport = calloc(1, sizeof(*transport));

	if (!transport || curl_global_init(CURL_GLOBAL_DEFAULT) || !(transport->curl = curl_easy_init()))
		bug("libcurl does not start");
	transport->timeout = settings->timeout;
	set_server(transport, settings, password);
	set_line(transport);
	return transport;
}

void transport_free(struct transport *transport)
{
	if (!transport)
		return;
	curl_easy_cleanup(transport->curl);
	curl_global_cleanup();
	free(transport);
}

void transport_send(struct transport *transport, const struct transport_message *message, struct transport_answer *answer)
{
	struct curl_slist *to = curl_slist_append(NULL, message->to);
	CURLcode result;

	if (!to)
		bug("out of memory");
	transport->message = message;
	transport->given = 0;
	transport->refused = transport->leaving = false;
	*transport->error = '\0';
	enter(transport, STAGE_CONNECT);
	set_patience(transport, transport->timeout);
	curl_easy_setopt(transport->curl, CURLOPT_MAIL_FROM, message->from);
	curl_easy_setopt(transport->curl, CURLOPT_MAIL_RCPT, to);
	result = curl_easy_perform(transport->curl);
	curl_easy_setopt(transport->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	conclude(transport, result, answer);
	/* A line on which something went wrong may hold an answer yet to come, which would be taken for that to the next command. */
	curl_easy_setopt(transport->curl, CURLOPT_FRESH_CONNECT, answer->state == MAIL_ACCEPTED ? 0L : 1L);
	transport->message = NULL;
}
