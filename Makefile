# make, make test, make demo, make deb: each installs what it misses (Debian 12 or 13, with root or sudo; elsewhere it names it),
# and needs a Swift toolchain. make install DESTDIR=... installs what make has built. make help lists them all.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: help build install uninstall deb release test-release test-deb test-systemd test test-trixie servers demo soak crowd load fuzz fuzz-socket bench lint format clean

# Where toolchains are put that are in nobody's PATH.
export PATH := $(PATH):$(subst $() ,:,$(wildcard $(HOME)/.local/share/swiftly/bin /opt/swift/usr/bin /opt/swift-*/usr/bin))

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do printf '%-13s %s\n' "$$target" "$$what"; done

build: ## the programs, for use: .build/release/secom-otpd and .build/release/secom-otp
	@scripts/prepare build
	swift build -c release $(for_use)
	@scripts/completions

# The Swift runtime linked in, no RUNPATH (the toolchain's own directory, or that of the program), relocations read-only.
# No path of this machine in it either, by the assertions of the C and C++ that is linked in.
for_use = --static-swift-stdlib --disable-local-rpath -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now \
    -Xcc -ffile-prefix-map=$(CURDIR)/= -Xcxx -ffile-prefix-map=$(CURDIR)/=

deb: build ## a Debian package for this machine and those like it: .build/deb/secom-otpd_VERSION-1_ARCHITECTURE.deb
	@scripts/prepare deb
	@scripts/deb

# make release KEY=FINGERPRINT [DEBIANS="bookworm trixie"] [TWICE=1]: see docs/releasing.md
export KEY DEBIANS TWICE
release: ## packages for Debian 12 and 13 from clean roots, with hashes, an SBOM, an apt repository and signatures: .build/release-VERSION
	@scripts/prepare release
	@scripts/release

test-release: ## that repository: installed from, upgraded from the package that OLD names, purged, in throw-away Debian roots
	Tests/Release/run

test-deb: deb ## the package, looked at, and installed and purged again in throw-away Debian roots
	Tests/Package/run

test-systemd: ## the package under a real systemd, of Debian 12 and 13: sandbox, credentials, restarts, reload, upgrade
	@if Tests/SystemdTests/possible; then $(MAKE) test-deb && Tests/SystemdTests/run; fi

# As GNU make has it: prefix and the directories below it, and DESTDIR for a staged installation. /etc is where the programs
# look for the configuration, whatever the prefix.
prefix = /usr/local
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
datarootdir = $(prefix)/share
datadir = $(datarootdir)
docdir = $(datarootdir)/doc/secom-otpd
mandir = $(datarootdir)/man
sysconfdir = /etc
systemdsystemunitdir = $(prefix)/lib/systemd/system
sysusersdir = $(prefix)/lib/sysusers.d
# For journalctl -x, once journalctl --update-catalog has read it.
catalogdir = $(prefix)/lib/systemd/catalog
# The programs that fetch access tokens.
tokensdir = $(prefix)/lib/secom-otpd
# Empty: what the daemon sees as /, where its unit binds what it may see.
rootdir = $(prefix)/lib/secom-otpd/root
varlinkdir = $(datadir)/varlink
bashcompletionsdir = $(datadir)/bash-completion/completions
zshcompletionsdir = $(datadir)/zsh/site-functions
fishcompletionsdir = $(datadir)/fish/vendor_completions.d

INSTALL = install
INSTALL_PROGRAM = $(INSTALL) -s
INSTALL_SCRIPT = $(INSTALL)
INSTALL_DATA = $(INSTALL) -m 644

programs = secom-otpd secom-otp
token_programs = microsoft365-token google-token
units = secom-otpd.service secom-otpd.socket secom-otpd-metrics.service secom-otpd-metrics.timer
interfaces = org.secom-otpd.Handoff.varlink org.secom-otpd.Worker.varlink

install: ## what make has built, its units, manual pages, completions and documents; a configuration that is there stays
	@test -e .build/completions/secom-otpd.bash || { echo "make first, and then make install" >&2; exit 1; }
	$(INSTALL) -d $(addprefix $(DESTDIR),$(bindir) $(systemdsystemunitdir) $(sysusersdir) $(catalogdir) $(sysconfdir)/secom-otpd $(varlinkdir) \
	    $(foreach language,. ja,$(foreach section,1 5 8,$(mandir)/$(language)/man$(section))) $(docdir)/docs/benchmarks $(docdir)/docs/ja $(docdir)/examples \
	    $(bashcompletionsdir) $(zshcompletionsdir) $(fishcompletionsdir))
	$(INSTALL_PROGRAM) $(programs:%=.build/release/%) $(DESTDIR)$(bindir)
	$(INSTALL) -d $(DESTDIR)$(tokensdir)/oauth2
	$(INSTALL_SCRIPT) $(token_programs:%=tokens/%) $(DESTDIR)$(tokensdir)
	$(INSTALL_DATA) tokens/oauth2/*.py $(DESTDIR)$(tokensdir)/oauth2
	$(INSTALL) -d $(addprefix $(DESTDIR)$(rootdir)/,dev etc home opt proc root run srv sys tmp usr var/lib var/tmp)
	for directory in bin lib lib64 sbin; do ln -sfn usr/$$directory $(DESTDIR)$(rootdir)/$$directory; done
	ln -sfn ../run $(DESTDIR)$(rootdir)/var/run
	for unit in $(units); do \
	    sed 's,/usr/bin/secom-otp,$(bindir)/secom-otp,; s,/usr/lib/secom-otpd/root,$(rootdir),' systemd/$$unit | \
	        $(INSTALL_DATA) /dev/stdin $(DESTDIR)$(systemdsystemunitdir)/$$unit; done
	$(INSTALL_DATA) systemd/secom-otpd.sysusers $(DESTDIR)$(sysusersdir)/secom-otpd.conf
	$(INSTALL_DATA) systemd/secom-otpd.catalog $(DESTDIR)$(catalogdir)
	test -e $(DESTDIR)$(sysconfdir)/secom-otpd/secom-otpd.toml || \
	    $(INSTALL_DATA) config/secom-otpd.toml $(DESTDIR)$(sysconfdir)/secom-otpd/secom-otpd.toml
	$(INSTALL_DATA) $(interfaces:%=Sources/Handoff/%) $(DESTDIR)$(varlinkdir)
	for section in 1 5 8; do for language in . ja; do \
	    $(INSTALL_DATA) man/$$language/*.$$section $(DESTDIR)$(mandir)/$$language/man$$section; done; done
	for program in $(programs); do \
	    $(INSTALL_DATA) .build/completions/$$program.bash $(DESTDIR)$(bashcompletionsdir)/$$program; \
	    $(INSTALL_DATA) .build/completions/$$program.zsh $(DESTDIR)$(zshcompletionsdir)/_$$program; \
	    $(INSTALL_DATA) .build/completions/$$program.fish $(DESTDIR)$(fishcompletionsdir)/$$program.fish; done
	$(INSTALL_DATA) README.md README.ja.md CHANGELOG.md $(DESTDIR)$(docdir)
	$(INSTALL_DATA) docs/*.md $(DESTDIR)$(docdir)/docs
	$(INSTALL_DATA) docs/ja/*.md $(DESTDIR)$(docdir)/docs/ja
	$(INSTALL_DATA) docs/benchmarks/*.svg $(DESTDIR)$(docdir)/docs/benchmarks
	$(INSTALL_DATA) systemd/examples/*.* docs/examples/*.* config/secom-otpd.toml config/secom-otpd.ja.toml $(DESTDIR)$(docdir)/examples
	sed -i 's,/usr/lib/secom-otpd,$(tokensdir),g' $(DESTDIR)$(docdir)/examples/*.conf
	$(INSTALL_SCRIPT) systemd/examples/login-worker $(DESTDIR)$(docdir)/examples

uninstall: ## all of that but the configuration
	rm -f $(programs:%=$(DESTDIR)$(bindir)/%) $(units:%=$(DESTDIR)$(systemdsystemunitdir)/%) \
	    $(DESTDIR)$(sysusersdir)/secom-otpd.conf $(DESTDIR)$(catalogdir)/secom-otpd.catalog $(interfaces:%=$(DESTDIR)$(varlinkdir)/%) \
	    $(foreach language,. ja,$(addprefix $(DESTDIR)$(mandir)/$(language)/,man1/secom-otp.1 man5/secom-otpd.toml.5 man8/secom-otpd.8)) \
	    $(programs:%=$(DESTDIR)$(bashcompletionsdir)/%) $(programs:%=$(DESTDIR)$(zshcompletionsdir)/_%) \
	    $(programs:%=$(DESTDIR)$(fishcompletionsdir)/%.fish)
	rm -rf $(DESTDIR)$(docdir) $(DESTDIR)$(dir $(rootdir)) $(DESTDIR)$(tokensdir)/oauth2 $(token_programs:%=$(DESTDIR)$(tokensdir)/%)

# make test FILTER=Ledger, or CASE=jis-qp, or both, runs a part: what is not needed for one is left out. FILTER is a regular
# expression for tests, or the name of a case. SEED=1234 begins there what is random.
export FILTER CASE SEED
test: $(if $(FILTER)$(CASE),,lint .build/venv/installed .build/trixie servers) ## everything: lint, unit tests, the built programs against real servers
	@scripts/prepare test
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/tests

test-trixie: ## demo and test in a Debian 13 of their own; TARGETS="bench QUICK=1" runs that there instead
	@scripts/prepare trixie
	Tests/Debian13/run $(TARGETS)

demo: ## a letter's whole way, from a private mail server to a login worker
	@scripts/prepare demo
	@scripts/demo

# make soak RUNS=1000 [SERVER=cyrus]: so many kills of daemons, workers, connections and servers, and then an account of every password
RUNS ?= 100
SERVER ?= dovecot
soak: ## daemons, workers, connections and servers are killed RUNS times, and every password accounted for
	@scripts/prepare test
	swift build
	Tests/Soak/soak.py --kills $(RUNS) --server $(SERVER)

# make crowd MINUTES=60: on a machine that does nothing else
MINUTES ?= 5
crowd: build ## 100 mailboxes, 50 workers and random faults for MINUTES minutes: no call waits for another mailbox, and memory stays
	@scripts/prepare test
	Tests/Soak/crowd.py --minutes $(MINUTES)

load: build ## 100 000 calls by 63 clients at once: latency, and what the daemon takes
	@scripts/prepare test
	Tests/Soak/load.py

# make bench [QUICK=1] [MAILS=n] [PARTS="roundtrips tails memory start first_claim waiting reconnects recognition calls flood"] [BEFORE=DIR]
export QUICK MAILS BEFORE
bench: build servers .build/venv/imapclient ## beside other programs, on private servers: tables, and docs/benchmarks.md with its plots
	@scripts/prepare bench
	SECOM_OTPD_BENCHMARKS=1 swift build -c release $(for_use) --product benchmark-recognition
	Benchmarks/run $(PARTS)

# make fuzz SECONDS=600: each target for so long, under AddressSanitizer
SECONDS ?= 60
fuzz: ## each fuzz target for SECONDS seconds
	@scripts/prepare build
	Fuzz/run $(SECONDS)

# make fuzz-socket SECONDS=300: random clients on a daemon's socket for so long, and honest ones beside them
fuzz-socket: ## random clients on a daemon's socket for SECONDS seconds
	@scripts/prepare test
	swift build
	Tests/Soak/socket_fuzz.py --seconds $(SECONDS)

lint: ## whether the sources are formatted as make format does it
	@scripts/prepare lint
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

format: ## the sources, formatted
	swift format --in-place --parallel --recursive Sources Tests Package.swift

# Debian roots for the servers that no machine has beside Dovecot. Where one cannot be made, its tests are skipped.
servers: ## Debian roots with Cyrus and Courier, and with Debian 13's Cyrus and Dovecot, for the tests
	@scripts/prepare test
	@for server in cyrus courier cyrus-trixie dovecot-trixie; do Tests/SystemTests/servers/$$server build & done; wait

# A Varlink client that is not ours, and a mail server.
.build/venv/installed: Tests/SystemTests/servers/requirements.txt
	@scripts/prepare test
	python3 -m venv .build/venv
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# What one of the peers is written with.
.build/venv/imapclient: Benchmarks/requirements.txt .build/venv/installed
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# A Debian 13 root, for systemd's Varlink client: where it cannot be made, its test is skipped and says so.
.build/trixie:
	@scripts/prepare test
	@echo "Making a Debian 13 root for varlinkctl"
	@Tests/SystemTests/servers/varlinkctl prepare || echo "No Debian 13 root could be made: varlinkctl is not tested"

clean: ## everything that was built or made, away
	rm -rf .build
