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

build-tsan/build.ninja:
	CC=gcc meson setup build-tsan -Db_sanitize=thread -Dbuildtype=debugoptimized -Db_lundef=false

tsan: build-tsan/build.ninja
	$(call reconfigure,build-tsan)
	ninja -C build-tsan

build-valgrind/build.ninja:
	tools/need memcheck
	meson setup build-valgrind -Dwipe=false -Dbuildtype=debugoptimized

# Valgrind makes code while it runs, which the cage forbids: core_test, whose process enters it, is left out.
valgrind: build-valgrind/build.ninja
	$(call reconfigure,build-valgrind)
	ninja -C build-valgrind
	meson test -C build-valgrind --no-rebuild --print-errorlogs --timeout-multiplier 30 --wrapper 'valgrind -q --leak-check=full \
	  --errors-for-leak-kinds=definite --error-exitcode=99' $$(meson test -C build-valgrind --list 2>/dev/null | sed -n 's|.* / ||p' | grep -vx core_test)

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
	rm -rf build build-asan build-clang build-coverage build-fuzz build-try build-tsan build-valgrind

.PHONY: all asan tsan valgrind clang fuzz try test run install clean
