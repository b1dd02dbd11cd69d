# salespay. `make help` lists the targets; run and test install what is missing on Debian 12.
.DEFAULT_GOAL := all
VARIANT ?= release
BUILD   ?= build
B       := $(BUILD)/$(VARIANT)
PREFIX  ?= /usr/local
CC      ?= cc

LAYERS  := base value xml table policy facts calc model render books publish mail
PKGS    := libxml-2.0 libxslt libexslt glib-2.0 cairo cairo-pdf cairo-ft pango pangocairo harfbuzz harfbuzz-subset \
           fontconfig freetype2 libqpdf zlib gmime-3.0 libcurl
DEBS    := gcc libc6-dev pkg-config python3 libxml2-dev libxslt1-dev libcsv-dev libcairo2-dev libpango1.0-dev \
           libharfbuzz-dev libfontconfig-dev libfreetype-dev libintelrdfpmath-dev libglib2.0-dev libqpdf-dev zlib1g-dev \
           libgmime-3.0-dev libcurl4-openssl-dev fonts-noto-cjk
# A node from elsewhere brings its own npm, beside which Debian's cannot stand.
DEBS_TEST := perl clang libclang-rt-14-dev libxml2-utils xsltproc poppler-utils qpdf faketime mandoc diffutils openssl postfix mutt chromium \
             $(if $(shell command -v npm),,nodejs npm)
DEBS_LINT := clang clang-tidy clang-format

comma := ,
WARN  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
         -Wcast-qual -Wswitch-enum -Wundef -Wpointer-arith -Wwrite-strings -Wold-style-definition -Werror
CPPFLAGS += -Igen -D_GNU_SOURCE -DSALESPAY_DATA=$(PREFIX)/share/salespay \
            $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
LDLIBS   += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -lbidgcc000 -lm
CFLAGS_release := -O2 -g
CFLAGS_debug   := -O0 -g3
CFLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address$(comma)undefined -fno-sanitize-recover=all
CFLAGS_fuzz    := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link$(comma)address$(comma)undefined -fno-sanitize-recover=all
CFLAGS   += -std=c17 $(WARN) $(CFLAGS_$(VARIANT))
LDFLAGS  += $(if $(filter asan,$(VARIANT)),-fsanitize=address$(comma)undefined)
Q        := $(if $(V),,@)

lib_src  = $(wildcard gen/$1/*.c)
lib_obj  = $(patsubst gen/%.c,$B/%.o,$(call lib_src,$1))
lib      = $(foreach l,$1,$(if $(call lib_src,$l),$B/lib$l.a))
TOP_OBJ := $(patsubst gen/%.c,$B/%.o,$(wildcard gen/*.c))
unit_bin = $(patsubst tests/unit/%.c,$B/unit/%,$(wildcard tests/unit/$1/*.c))
SCRIPTS := $(wildcard tests/*.sh tests/*.py tests/sample/*.sh)
MISSING  = $(shell for p in $1; do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done)
# The tests start a Postfix of their own; the package shall start none.
UNCONFIGURED = $(if $1,echo postfix postfix/main_mailer_type select No configuration | \
           $(if $(filter 0,$(shell id -u)),,sudo) debconf-set-selections)
INSTALL  = $(if $1,$(if $(filter 0,$(shell id -u)),,sudo) sh -c 'apt-get update -q && \
           DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $1')

.PHONY: all run test unit lint format bench fuzz screenshots install clean help deps deps-test deps-lint $(LAYERS:%=unit-%)

all: $B/salespay ## build the program

run: deps ## install what is missing, build, run the sample company
	@$(MAKE) --no-print-directory all
	$B/salespay run
	@echo; echo "The report for the intranet:   output/index.html"
	@echo "Managers' pages with pay:      output/latest/managers/index.html"
	@echo "Payslips:                      output/latest/payslips/"

test: deps deps-test ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory unit-programs
	@$(MAKE) --no-print-directory unit-programs VARIANT=asan
	@$(MAKE) --no-print-directory fuzz-programs VARIANT=fuzz CC=clang
	SALESPAY=$(abspath $B)/salespay FUZZ=$(BUILD)/fuzz NODE_PATH=$(abspath $(BUILD))/browser/node_modules ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=tests/leaks.txt:print_suppressions=0 \
		prove -j2 --exec '' $(foreach l,$(LAYERS),$(call unit_bin,$l) $(patsubst $B/%,$(BUILD)/asan/%,$(call unit_bin,$l))) $(SCRIPTS)

deps: ## install the Debian packages that the program needs
	$(call INSTALL,$(call MISSING,$(DEBS)))
deps-test:
	$(call UNCONFIGURED,$(call MISSING,postfix))
	$(call INSTALL,$(call MISSING,$(DEBS_TEST)))
	@$(MAKE) --no-print-directory $(BUILD)/browser/installed
# What drives the browser in tests/browser.sh, in the versions that the lock names.
$(BUILD)/browser/installed: tests/browser/package.json tests/browser/package-lock.json
	mkdir -p $(@D)
	cp $^ tests/browser/.npmrc $(@D)/
	cd $(@D) && npm ci --ignore-scripts
	touch $@
deps-lint:
	$(call INSTALL,$(call MISSING,$(DEBS_LINT)))

lint: deps-lint ## what clang and clang-tidy say (some minutes)
	CPPFLAGS='$(CPPFLAGS)' WARN='$(WARN)' tests/lint/lint.sh

format: ## clang-format the sources
	clang-format -i $$(find gen tests/unit tests/fuzz -name '*.[ch]')

bench: all $B/tests/reading $B/tests/encrypt ## cost of reading 100 MB of orders; of made-up companies of 1,000, 10,000 and 100,000 people
	tests/bench/reading.py $B/tests/reading
	SALESPAY=$B/salespay tests/bench/bench.py
	SALESPAY=$(abspath $B)/salespay tests/bench/mail.py $B/tests/encrypt

screenshots: deps deps-test ## pictures of each kind of page in build/screenshots: wide, narrow, dark, on paper
	@$(MAKE) --no-print-directory all
	SALESPAY=$B/salespay NODE_PATH=$(abspath $(BUILD))/browser/node_modules node tests/browser/screenshots.js $(BUILD)/screenshots
	cd $(BUILD)/screenshots && for f in *.pdf; do pdftoppm -r 60 -png "$$f" "$${f%.pdf}" && rm "$$f"; done

fuzz: deps deps-test ## libFuzzer on exports, policies and formulas, FUZZ_SECONDS (1800) each
	@$(MAKE) --no-print-directory fuzz-programs VARIANT=fuzz CC=clang
	FUZZ=$(BUILD)/fuzz tests/fuzz.sh long

install: all ## into PREFIX (default /usr/local)
	install -D $B/salespay $(DESTDIR)$(PREFIX)/bin/salespay
	mkdir -p $(DESTDIR)$(PREFIX)/share/salespay $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man7
	cp -R templates styles $(DESTDIR)$(PREFIX)/share/salespay/
	cp gen/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	cp gen/man/*.7 $(DESTDIR)$(PREFIX)/share/man/man7/
	mkdir -p $(DESTDIR)$(PREFIX)/share/doc/salespay && cp gen/man/*.md LICENSE $(DESTDIR)$(PREFIX)/share/doc/salespay/

clean: ## remove build products and output; never the books in input/records
	rm -rf $(BUILD) output/latest output/index.html output/20??-?? output/.20* output/check output/compare

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

$B/salespay: $(TOP_OBJ) $(call lib,$(LAYERS))
	@echo LINK $@
	$Q$(CC) $(LDFLAGS) -o $@ $(TOP_OBJ) -Wl,--start-group $(call lib,$(LAYERS)) -Wl,--end-group $(LDLIBS)

define layer_rule
$B/lib$1.a: $$(call lib_obj,$1)
	$Qrm -f $$@ && ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rule,$l)))

$B/%.o: gen/%.c
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(shell find $B -name '*.d' 2>/dev/null)

# tests/unit/LAYER/NAME.c links LAYER and the layers it may include.
below_base    := base
below_value   := value base
below_xml     := xml value base
below_table   := table value base
below_policy  := policy xml table value base
below_facts   := facts $(below_policy)
below_calc    := calc $(below_facts)
below_model   := model $(below_calc)
below_render  := render xml value base
below_books   := books $(below_calc)
below_publish := publish books $(below_calc)
below_mail    := mail books $(below_calc)
define unit_rule
$B/unit/$1/%: tests/unit/$1/%.c $(call lib,$(below_$1))
	@mkdir -p $$(@D)
	@echo CC $$<
	$Q$$(CC) $$(CPPFLAGS) -Itests/unit $$(CFLAGS) -MMD -MP -MF $$@.d $$(LDFLAGS) -o $$@ $$< \
		-Wl,--start-group $(call lib,$(below_$1)) -Wl,--end-group $$(LDLIBS)
unit-$1: $(call unit_bin,$1)
	@status=0; for t in $$^; do $$$$t || status=1; done; exit $$$$status
endef
$(foreach l,$(LAYERS),$(eval $(call unit_rule,$l)))
unit-programs: $(foreach l,$(LAYERS),$(call unit_bin,$l)) $B/tests/draw $B/tests/deliver

# Draws model documents without the rest of the program, for tests/render/ and for looking.
$B/tests/draw: tests/render/draw.c $(call lib,$(below_render))
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< -Wl,--start-group $(call lib,$(below_render)) -Wl,--end-group $(LDLIBS)

# Sends an outbox without the rest of the program, for tests/mail_send.py.
$B/tests/deliver: tests/mail/deliver.c $(call lib,$(below_mail))
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< -Wl,--start-group $(call lib,$(below_mail)) -Wl,--end-group $(LDLIBS)

# Reads an orders file, or lets libcsv alone run over it, for tests/bench/reading.py.
$B/tests/reading: tests/bench/reading.c $(call lib,$(below_table))
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< -Wl,--start-group $(call lib,$(below_table)) -Wl,--end-group $(LDLIBS)

# Encrypts slips by qpdf alone, for tests/bench/mail.py.
$B/tests/encrypt: tests/bench/encrypt.c $(call lib,$(below_mail))
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< -Wl,--start-group $(call lib,$(below_mail)) -Wl,--end-group $(LDLIBS)

# libFuzzer's targets, clang's alone: make VARIANT=fuzz CC=clang fuzz-programs
FUZZ := csv policy formula
fuzz-programs: $(FUZZ:%=$B/fuzz-%)
$(FUZZ:%=$B/fuzz-%): $B/fuzz-%: tests/fuzz/%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h $(call lib,$(below_calc))
	@mkdir -p $(@D)
	@echo CC $<
	$Q$(CC) $(CPPFLAGS) -Itests/fuzz $(CFLAGS) -fsanitize=fuzzer -Wl,--wrap=open -o $@ $< tests/fuzz/fuzz.c \
		-Wl,--start-group $(call lib,$(below_calc)) -Wl,--end-group $(LDLIBS)
