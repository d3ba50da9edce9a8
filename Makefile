# The short front door of Meson. `make` builds, `make test` runs everything, `make run` starts the demo shop.
BUILD ?= build

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD)

build-asan/build.ninja:
	meson setup build-asan -Db_sanitize=address,undefined -Dbuildtype=debugoptimized -Db_lundef=false

asan: build-asan/build.ninja
	ninja -C build-asan

build-clang/build.ninja:
	CC=clang meson setup build-clang

clang: build-clang/build.ninja
	ninja -C build-clang

test:
	./test

run:
	./run

install: all
	meson install -C $(BUILD)

clean:
	rm -rf build build-asan build-clang build-fuzz

.PHONY: all asan clang test run install clean
