# make, make test, make demo: each installs what it misses (Debian 12, with root or sudo), and needs a Swift toolchain.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: build test servers demo soak load fuzz bench-imap lint format clean

# Where toolchains are put that are in nobody's PATH.
export PATH := $(PATH):$(subst $() ,:,$(wildcard $(HOME)/.local/share/swiftly/bin /opt/swift/usr/bin /opt/swift-*/usr/bin))

build: ## the programs, for use: .build/release/secom-otpd and .build/release/secom-otp
	@scripts/prepare build
	swift build -c release

test: lint .build/venv/installed .build/trixie servers ## everything: lint, unit tests, the built programs against real servers
	swift build --build-tests
	scripts/tests

demo: ## a letter's whole way, from a private mail server to a login worker
	@scripts/prepare demo
	@scripts/demo

# make soak RUNS=1000: so many kills of daemons, workers, connections and servers, and then an account of every password
RUNS ?= 100
soak:
	@scripts/prepare test
	swift build
	Tests/Soak/soak.py --kills $(RUNS)

load: build ## 100 000 calls by 63 clients at once: latency, and what the daemon takes
	@scripts/prepare test
	Tests/Soak/load.py

bench-imap: build ## latency over round-trip times, tails, start and memory, on a private Dovecot
	@scripts/prepare demo
	Benchmarks/imap

# make fuzz SECONDS=600: each target for so long, under AddressSanitizer
SECONDS ?= 60
fuzz:
	@scripts/prepare build
	Fuzz/run $(SECONDS)

lint:
	@scripts/prepare test
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

# Debian roots for the servers that no machine has beside Dovecot. Where one cannot be made, its tests are skipped.
servers:
	@scripts/prepare test
	@for server in cyrus courier; do Tests/SystemTests/servers/$$server build || true; done

# A Varlink client that is not ours, and a mail server.
.build/venv/installed: Tests/SystemTests/servers/requirements.txt
	@scripts/prepare test
	python3 -m venv .build/venv
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# A Debian 13 root, for systemd's Varlink client: where it cannot be made, its test is skipped and says so.
.build/trixie:
	@scripts/prepare test
	@echo "Making a Debian 13 root for varlinkctl"
	@Tests/SystemTests/servers/varlinkctl prepare || echo "No Debian 13 root could be made: varlinkctl is not tested"

clean:
	rm -rf .build
