# The short front door of Meson. `make` builds, `make test` runs everything, `make run` starts the demo shop.
BUILD ?= build

# Files that were added since: Meson lists them when it configures.
reconfigure = @[ ! -f $(1)/build.ninja ] || meson setup --reconfigure $(1) >/dev/null

all: $(BUILD)/build.ninja
	$(call reconfigure,$(BUILD))
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD)

build-asan/build.ninja:
	meson setup build-asan -Db_sanitize=address,undefined -Dbuildtype=debugoptimized -Db_lundef=false

asan: build-asan/build.ninja
	$(call reconfigure,build-asan)
	ninja -C build-asan

build-clang/build.ninja:
	CC=clang meson setup build-clang

clang: build-clang/build.ninja
	$(call reconfigure,build-clang)
	ninja -C build-clang

build-try/build.ninja:
	meson setup build-try -Dtry=true

try: build-try/build.ninja
	$(call reconfigure,build-try)
	ninja -C build-try privet

build-fuzz/build.ninja:
	CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Dbuildtype=debugoptimized -Db_lundef=false

fuzz: build-fuzz/build.ninja
	$(call reconfigure,build-fuzz)
	ninja -C build-fuzz fuzz

test:
	./test

run:
	./run

install: all
	meson install -C $(BUILD)

clean:
	rm -rf build build-asan build-clang build-coverage build-fuzz build-try

.PHONY: all asan clang fuzz try test run install clean
