# salespay. `make help` lists the targets; `make deps` installs what they need on Debian 12.
.DEFAULT_GOAL := all
VARIANT ?= release
BUILD   ?= build
B       := $(BUILD)/$(VARIANT)
PREFIX  ?= /usr/local
CC      ?= cc

LAYERS  := base value xml table policy facts calc model render books publish
PKGS    := libxml-2.0 libxslt libexslt glib-2.0 cairo cairo-pdf cairo-ft pango pangocairo harfbuzz harfbuzz-subset fontconfig freetype2 libqpdf zlib
DEBS    := gcc clang make pkg-config python3 libxml2-dev libxslt1-dev libcsv-dev libcairo2-dev libpango1.0-dev libharfbuzz-dev \
           libfontconfig-dev libfreetype-dev libintelrdfpmath-dev libglib2.0-dev libqpdf-dev zlib1g-dev fonts-noto-cjk
TESTDEBS := libxml2-utils xsltproc poppler-utils qpdf libclang-rt-14-dev faketime mandoc perl

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
        -Wcast-qual -Wswitch-enum -Wundef -Wpointer-arith -Wwrite-strings -Wold-style-definition -Werror
CPPFLAGS += -Igen -D_GNU_SOURCE $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
LDLIBS   += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -lbidgcc000 -lm
CFLAGS_release := -O2 -g
CFLAGS_debug   := -O0 -g3
CFLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS   += -std=c17 $(WARN) $(CFLAGS_$(VARIANT))
LDFLAGS  += $(if $(filter asan,$(VARIANT)),-fsanitize=address$(comma)undefined)
comma    := ,

lib_src  = $(wildcard gen/$1/*.c)
lib_obj  = $(patsubst gen/%.c,$B/%.o,$(call lib_src,$1))
LIBS    := $(foreach l,$(LAYERS),$(if $(call lib_src,$l),$B/lib$l.a))
TOP_OBJ := $(patsubst gen/%.c,$B/%.o,$(wildcard gen/*.c))
UNITS   := $(wildcard tests/unit/*/*.c)
unit_bin = $(patsubst tests/unit/%.c,$B/unit/%,$(wildcard tests/unit/$1/*.c))

.PHONY: all run test lint bench install clean help deps unit format $(LAYERS:%=unit-%)

all: $B/salespay ## build the program

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

$B/salespay: $(TOP_OBJ) $(LIBS)
	$(CC) $(LDFLAGS) -o $@ $(TOP_OBJ) -Wl,--start-group $(LIBS) -Wl,--end-group $(LDLIBS)

define layer_rule
$B/lib$1.a: $$(call lib_obj,$1)
	rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rule,$l)))

$B/%.o: gen/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
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
define unit_rule
$B/unit/$1/%: tests/unit/$1/%.c $(foreach l,$(below_$1),$(if $(call lib_src,$l),$B/lib$l.a))
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -Itests/unit $$(CFLAGS) -MMD -MP -MF $$@.d $$(LDFLAGS) -o $$@ $$< \
		-Wl,--start-group $(foreach l,$(below_$1),$(if $(call lib_src,$l),$B/lib$l.a)) -Wl,--end-group $$(LDLIBS)
unit-$1: $(call unit_bin,$1)
	@status=0; for t in $$^; do G_SLICE=always-malloc $$$$t || status=1; done; exit $$$$status
endef
$(foreach l,$(LAYERS),$(eval $(call unit_rule,$l)))
