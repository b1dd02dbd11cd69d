#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "options.h"
#include "pipeline.h"

int main(int argc, char **argv)
{
	struct options options;

	setlocale(LC_CTYPE, "C.UTF-8"); /* file names and Pango; nothing that is written depends on it */
	if (!options_parse(&options, argc, argv))
		exit(2);
	switch (options.command) {
	case COMMAND_HELP:
		options_help();
		exit(0);
	case COMMAND_VERSION:
		printf("%s\n", salespay_version);
		exit(0);
	case COMMAND_INIT: case COMMAND_RUN: case COMMAND_CHECK: case COMMAND_STATUS: case COMMAND_SEAL:
	case COMMAND_VERIFY: case COMMAND_RESTATE: case COMMAND_COMPARE: case COMMAND_LINT: case COMMAND_MAIL: case COMMAND_EXPLAIN:
		break;
	}
	exit(pipeline(&options));
}
