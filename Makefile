# Two commands do everything, their own set-up included: `make demo` and `make test`. The rest: `make help`.
#
# PYTHON=…  the Python to make .venv with (3.11 or newer)      JOBS=…  compile jobs at a time

PYTHON ?= python3
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
CHILDREN ?= 5000
SECONDS ?= 60
TARGET ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export DEBIAN_FRONTEND := noninteractive

venv := .venv/bin
pip := $(venv)/python -m pip --quiet
# The package itself, for development: its metadata, the `goldenthread` command and a path to python/. The extension is
# built by the tree that also builds the tests, hence no CMake here.
develop := install --constraint constraints.txt --no-build-isolation --config-settings wheel.cmake=false --editable
# Compiled objects are kept where ccache is installed; nothing needs it.
launcher := $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cmake_lists := CMakeLists.txt CMakePresets.json $(wildcard cmake/*)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## Show this list
	@echo "goldenthread: what make can do"
	@sed -n 's/^\([a-z_-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

.PHONY: demo
demo: extension ## Evaluate the Leicester plan on synthetic Exampleshire and write the board report
	@$(venv)/goldenthread synth --seed 1 --children $(CHILDREN) --out demo/data
	@$(venv)/goldenthread report --plan leicester_2018_2020 --tables demo/data/tables \
	    --from 2018-04-01 --to 2020-03-31 --out demo/report
	@echo
	@echo "The board report: $(CURDIR)/demo/report/report.html"

.PHONY: test
test: build .venv/.test ## Run every test: C++, structure, consumers, Python, README
	ctest --preset python --parallel $(JOBS)
	GOLDENTHREAD_BUILD_DIR=build/python $(venv)/python -m pytest --numprocesses $(JOBS) --dist loadfile

.PHONY: build
build: configure ## Build the library, all C++ tests and the Python extension
	cmake --build --preset python --parallel $(JOBS)
	cmake --build --preset python --parallel $(JOBS) --target all_verify_interface_header_sets

.PHONY: extension
extension: configure ## Build what the Python package needs, and no tests
	@cmake --build --preset python --parallel $(JOBS) --target goldenthread_python

.PHONY: sanitize
sanitize: system ## Run the C++ tests under AddressSanitizer and UndefinedBehaviorSanitizer
	cmake --preset sanitize -DGOLDENTHREAD_ENGINE_TESTS=ON $(launcher)
	cmake --build --preset sanitize --parallel $(JOBS)
	ctest --preset sanitize --parallel $(JOBS)

.PHONY: sanitize-quick
sanitize-quick: system ## The same without the engine's tests and the cases, which take half of its time
	cmake --preset sanitize -DGOLDENTHREAD_ENGINE_TESTS=OFF $(launcher)
	cmake --build --preset sanitize --parallel $(JOBS)
	ctest --preset sanitize --parallel $(JOBS)

.PHONY: tsan
tsan: system ## Run the engine's tests, threads among them, under ThreadSanitizer
	cmake --preset tsan $(launcher)
	cmake --build --preset tsan --parallel $(JOBS) --target test_engine
	ctest --preset tsan --parallel $(JOBS)

.PHONY: fuzz
fuzz: system ## Fuzz for SECONDS each: all targets, or TARGET=expression (or another of tests/fuzz)
	@tools/install_system_packages.sh $(PYTHON) clang-19 libclang-rt-19-dev
	cmake --preset fuzz $(launcher)
	cmake --build --preset fuzz --parallel $(JOBS)
	tools/fuzz.sh $(SECONDS) $(TARGET)

.PHONY: portability
portability: system ## Check headers and sources with every other compiler found here
	tools/check_portability.sh

.PHONY: mutate
mutate: extension ## Ask whether the cases of all shipped definitions are enough
	$(venv)/goldenthread mutate --no-cache

.PHONY: bench
bench: extension .venv/.bench ## Build and run the benchmarks, then time a whole run
	@tools/install_system_packages.sh $(PYTHON) libbenchmark-dev
	cmake --preset benchmark $(launcher)
	cmake --build --preset benchmark --parallel $(JOBS)
	@for program in build/benchmark/benchmarks/benchmark_*; do \
	    if [ -f $$program ] && [ -x $$program ]; then $$program || exit 1; fi; done
	$(venv)/python benchmarks/read_files.py
	$(venv)/python benchmarks/whole_run.py
	$(venv)/python benchmarks/whole_plan.py
	$(venv)/python benchmarks/exampleshire.py
	$(venv)/python benchmarks/statistics_peers.py

.PHONY: differential
differential: configure ## Compare both engines on RUNS=200000 random questions, beginning at SEED=1
	cmake --build build/python --target test_engine --parallel $(JOBS)
	GOLDENTHREAD_PROPERTY_RUNS=$(or $(RUNS),200000) GOLDENTHREAD_PROPERTY_SEED=$(or $(SEED),1) \
	    build/python/tests/engine/test_engine "both engines*"

.PHONY: lint
lint: extension .venv/.test ## Check formatting and types of the Python code
	$(venv)/ruff check
	$(venv)/ruff format --check
	$(venv)/mypy

.PHONY: docs
docs: extension .venv/.docs ## Build the site, operators' pages made by running their specification, in build/docs
	@rm -rf build/docs
	@mkdir -p build/docs/source
	@cp docs/conf.py $(filter-out docs/README.md,$(wildcard docs/*.md)) build/docs/source
	@$(venv)/python docs/generate_reference.py build/docs/source
	@$(venv)/python docs/generate_tables.py build/docs/source
	@$(venv)/python docs/generate_exampleshire.py build/docs/source
	@$(venv)/sphinx-build -q -W -b html build/docs/source build/docs/html
	@echo "The site: $(CURDIR)/build/docs/html/index.html"

.PHONY: format
format: .venv/.test ## Format C++ (clang-format-19, where installed) and Python
	$(venv)/ruff check --fix
	$(venv)/ruff format
	@if command -v clang-format-19 >/dev/null; then \
	    find include src tests python/src examples benchmarks -name '*.[ch]pp' -print0 | xargs -0 clang-format-19 -i; \
	else echo "clang-format-19 is not installed: C++ left as it is"; fi

.PHONY: clean
clean: ## Remove everything make made, .venv included
	rm -rf build .venv demo python/goldenthread/_core*.so

# --- set-up: each step once, again when what it read has changed ---

.PHONY: system
system:
	@tools/install_system_packages.sh $(PYTHON)

.venv/.tools: constraints.txt | system
	@echo "Making .venv"
	@test -x $(venv)/python || $(PYTHON) -m venv .venv
	@$(pip) install --constraint constraints.txt pip
	@touch $@

.venv/.package: .venv/.tools pyproject.toml include/goldenthread/version.hpp
	@echo "Installing the Python package into .venv"
	@$(pip) install --constraint constraints.txt --group build
	@$(pip) $(develop) '.[cli,report]'
	@touch $@

.venv/.test: .venv/.package
	@echo "Installing the test tools into .venv"
	@$(pip) $(develop) '.[cli,report,data]' --group test
	@touch $@

.venv/.bench: .venv/.test benchmarks/requirements.txt
	@echo "Installing what the benchmarks compare with into .venv"
	@$(pip) install --constraint constraints.txt --requirement benchmarks/requirements.txt
	@touch $@

.venv/.docs: .venv/.package
	@echo "Installing the tools of the site into .venv"
	@$(pip) install --constraint constraints.txt --group docs
	@touch $@

.PHONY: configure
configure: system build/python/build.ninja

build/python/build.ninja: .venv/.package $(cmake_lists)
	@cmake --preset python $(launcher)
	@touch $@
