# make, make test, make demo, make deb: each installs missing packages (Debian 12 or 13, with root or sudo; elsewhere it names them),
# and needs a Swift toolchain. make install DESTDIR=... installs what make has built. make help lists all targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: help build install install-login uninstall deb release test-release test-deb test-systemd test-login test test-trixie servers demo soak crowd load fuzz fuzz-socket bench lint format clean

# Where toolchains are usually installed without being in PATH.
export PATH := $(PATH):$(subst $() ,:,$(wildcard $(HOME)/.local/share/swiftly/bin /opt/swift/usr/bin /opt/swift-*/usr/bin))

help: ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do printf '%-13s %s\n' "$$target" "$$what"; done

build: ## build the programs for use, in .build/release
	@scripts/prepare build
	swift build -c release $(for_use)
	@scripts/completions

# The Swift runtime is linked statically, there is no RUNPATH (the toolchain's own directory, or that of the program), and relocations are
# read-only. Assertions in the linked C and C++ contain no path of this machine.
for_use = --static-swift-stdlib --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now \
    -Xcc -ffile-prefix-map=$(CURDIR)/= -Xcxx -ffile-prefix-map=$(CURDIR)/=

deb: build ## build Debian packages for this machine and others like it, in .build/deb: secom-otpd and secom-otp-login
	@scripts/prepare deb
	@scripts/deb

# make release KEY=FINGERPRINT [DEBIANS="bookworm trixie"] [TWICE=1]: see docs/releasing.md
export KEY DEBIANS TWICE
release: ## build packages for Debian 12 and 13 in clean roots, with hashes, an SBOM, an apt repository and signatures: .build/release-VERSION
	@scripts/prepare release
	@scripts/release

test-release: ## test that repository in throw-away Debian roots: install, upgrade from the package that OLD names, purge
	Tests/Release/run

test-deb: deb ## check the package, and install and purge it in throw-away Debian roots
	Tests/Package/run

test-systemd: ## test the package under a real systemd, on Debian 12 and 13: sandbox, credentials, restarts, reload, upgrade
	@if Tests/SystemdTests/possible; then $(MAKE) test-deb && Tests/SystemdTests/run; fi

test-login: deb ## test secom-otp-login's package under a real systemd, on Debian 12 and 13, against the replica of the pages
	Tests/Login/unit

# According to the GNU Coding Standards: prefix and the directories below it, and DESTDIR for a staged installation. The programs look for
# the configuration in /etc, whatever the prefix.
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
# An empty directory that is the daemon's /: its unit binds into it what the daemon may see.
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
pages = secom-otp.1 secom-otpd.toml.5 secom-otpd.8

install: ## install what make has built, units, manual pages, completions and documents; an existing configuration is kept
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
	for page in $(pages); do for language in . ja; do \
	    $(INSTALL_DATA) man/$$language/$$page $(DESTDIR)$(mandir)/$$language/man$${page##*.}; done; done
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

# The reference worker, which is a package of its own: it needs a browser.
logindocdir = $(datarootdir)/doc/secom-otp-login
install-login: ## install secom-otp-login, its unit, recipe, manual page, completions and documents
	@test -e .build/completions/secom-otp-login.bash || { echo "make first, and then make install-login" >&2; exit 1; }
	$(INSTALL) -d $(addprefix $(DESTDIR),$(bindir) $(systemdsystemunitdir) $(sysconfdir)/secom-otp-login $(mandir)/man1 $(mandir)/ja/man1 \
	    $(logindocdir)/examples $(bashcompletionsdir) $(zshcompletionsdir) $(fishcompletionsdir))
	$(INSTALL_PROGRAM) .build/release/secom-otp-login $(DESTDIR)$(bindir)
	sed 's,/usr/bin/secom-otp-login,$(bindir)/secom-otp-login,' systemd/secom-otp-login@.service | \
	    $(INSTALL_DATA) /dev/stdin $(DESTDIR)$(systemdsystemunitdir)/secom-otp-login@.service
	test -e $(DESTDIR)$(sysconfdir)/secom-otp-login/recipe.toml || \
	    $(INSTALL_DATA) config/secom-otp-login.toml $(DESTDIR)$(sysconfdir)/secom-otp-login/recipe.toml
	for language in . ja; do $(INSTALL_DATA) man/$$language/secom-otp-login.1 $(DESTDIR)$(mandir)/$$language/man1; done
	$(INSTALL_DATA) .build/completions/secom-otp-login.bash $(DESTDIR)$(bashcompletionsdir)/secom-otp-login
	$(INSTALL_DATA) .build/completions/secom-otp-login.zsh $(DESTDIR)$(zshcompletionsdir)/_secom-otp-login
	$(INSTALL_DATA) .build/completions/secom-otp-login.fish $(DESTDIR)$(fishcompletionsdir)/secom-otp-login.fish
	$(INSTALL_DATA) Sources/secom-otp-login/README.md Sources/secom-otp-login/README.ja.md $(DESTDIR)$(logindocdir)
	$(INSTALL_DATA) systemd/login-examples/*.* config/secom-otp-login.toml config/secom-otp-login.ja.toml $(DESTDIR)$(logindocdir)/examples
	$(INSTALL_SCRIPT) systemd/login-examples/download-certificate $(DESTDIR)$(logindocdir)/examples

uninstall: ## remove all of that except the configuration
	rm -f $(programs:%=$(DESTDIR)$(bindir)/%) $(units:%=$(DESTDIR)$(systemdsystemunitdir)/%) \
	    $(DESTDIR)$(sysusersdir)/secom-otpd.conf $(DESTDIR)$(catalogdir)/secom-otpd.catalog $(interfaces:%=$(DESTDIR)$(varlinkdir)/%) \
	    $(foreach language,. ja,$(foreach page,$(pages),$(DESTDIR)$(mandir)/$(language)/man$(subst .,,$(suffix $(page)))/$(page))) \
	    $(programs:%=$(DESTDIR)$(bashcompletionsdir)/%) $(programs:%=$(DESTDIR)$(zshcompletionsdir)/_%) \
	    $(programs:%=$(DESTDIR)$(fishcompletionsdir)/%.fish)
	rm -f $(DESTDIR)$(bindir)/secom-otp-login $(DESTDIR)$(systemdsystemunitdir)/secom-otp-login@.service \
	    $(DESTDIR)$(mandir)/man1/secom-otp-login.1 $(DESTDIR)$(mandir)/ja/man1/secom-otp-login.1 $(DESTDIR)$(bashcompletionsdir)/secom-otp-login \
	    $(DESTDIR)$(zshcompletionsdir)/_secom-otp-login $(DESTDIR)$(fishcompletionsdir)/secom-otp-login.fish
	rm -rf $(DESTDIR)$(logindocdir) $(DESTDIR)$(docdir) $(DESTDIR)$(dir $(rootdir)) $(DESTDIR)$(tokensdir)/oauth2 $(token_programs:%=$(DESTDIR)$(tokensdir)/%)

# make test FILTER=Ledger, or CASE=jis-qp, or both, runs a part, without the preparations that it does not need. FILTER is a regular
# expression for test names, or the name of a case. SEED=1234 seeds the randomised tests.
export FILTER CASE SEED
test: $(if $(FILTER)$(CASE),,lint .build/venv/installed .build/trixie servers) ## run all tests: lint, unit tests, the built programs against real servers
	@scripts/prepare test
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/tests

test-trixie: ## run demo and test in a separate Debian 13 root; TARGETS="bench QUICK=1" runs that there instead
	@scripts/prepare trixie
	Tests/Debian13/run $(TARGETS)

# make demo LOGIN=1: the whole procedure, in a browser, against the replica of the pages
demo: ## show a mail's whole path, from a private mail server to a login worker; LOGIN=1: requested and used in a browser, too
	@scripts/prepare demo
	@$(if $(LOGIN),scripts/prepare login && swift build && Tests/Login/run --demo,scripts/demo)

# make soak RUNS=1000 [SERVER=cyrus]: this many kills of daemons, workers, connections and servers, and then an account of every password
RUNS ?= 100
SERVER ?= dovecot
soak: ## kill daemons, workers, connections and servers RUNS times, and account for every password
	@scripts/prepare test
	swift build
	Tests/Soak/soak.py --kills $(RUNS) --server $(SERVER)

# make crowd MINUTES=60: on a machine that does nothing else
MINUTES ?= 5
crowd: build ## run 100 mailboxes, 50 workers and random faults for MINUTES minutes: no call waits for another mailbox, and memory does not grow
	@scripts/prepare test
	Tests/Soak/crowd.py --minutes $(MINUTES)

load: build ## make 100 000 calls from 63 clients at once: latency, and the daemon's use of resources
	@scripts/prepare test
	Tests/Soak/load.py

# make bench [QUICK=1] [MAILS=n] [PARTS="roundtrips tails memory start first_claim waiting reconnects recognition calls flood manners recovery"] [BEFORE=DIR]
export QUICK MAILS BEFORE
bench: build servers .build/venv/imapclient ## compare with other programs on private servers: writes docs/benchmarks.md with its tables and plots
	@scripts/prepare bench
	SECOM_OTPD_BENCHMARKS=1 swift build -c release $(for_use) --product benchmark-recognition
	Benchmarks/run $(PARTS)

# make fuzz SECONDS=600: each target for that long, under AddressSanitizer
SECONDS ?= 60
fuzz: ## run each fuzz target for SECONDS seconds
	@scripts/prepare build
	Fuzz/run $(SECONDS)

# make fuzz-socket SECONDS=300: random clients on a daemon's socket for that long, and well-behaved ones at the same time
fuzz-socket: ## run random clients on a daemon's socket for SECONDS seconds
	@scripts/prepare test
	swift build
	Tests/Soak/socket_fuzz.py --seconds $(SECONDS)

lint: ## check that the sources are formatted as by make format
	@scripts/prepare lint
	swift format lint --strict --parallel --recursive Sources Tests Fuzz/Targets Benchmarks Package.swift

format: ## format the sources
	swift format --in-place --parallel --recursive Sources Tests Fuzz/Targets Benchmarks Package.swift

# Debian roots for the servers that cannot be installed next to Dovecot. If one cannot be created, its tests are skipped.
servers: ## create Debian roots with Cyrus and Courier, and with Debian 13's Cyrus and Dovecot, for the tests
	@scripts/prepare test
	@for server in cyrus courier cyrus-trixie dovecot-trixie; do Tests/SystemTests/servers/$$server build & done; wait

# An independent Varlink client, and a mail server.
.build/venv/installed: Tests/SystemTests/servers/requirements.txt
	@scripts/prepare test
	python3 -m venv .build/venv
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# A library that one of the compared programs uses.
.build/venv/imapclient: Benchmarks/requirements.txt .build/venv/installed
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# A Debian 13 root, for systemd's Varlink client: if it cannot be created, its test is skipped and says so.
.build/trixie:
	@scripts/prepare test
	@echo "Making a Debian 13 root for varlinkctl"
	@Tests/SystemTests/servers/varlinkctl prepare || echo "No Debian 13 root could be made: varlinkctl is not tested"

clean: ## delete everything that was built or created
	rm -rf .build
