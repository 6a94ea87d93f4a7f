# One interface target carries what every part of Linli is compiled with.
add_library(linli_flags INTERFACE)
target_include_directories(linli_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/plugins/include
                                                 ${CMAKE_BINARY_DIR}/generated)
target_compile_definitions(linli_flags INTERFACE _GNU_SOURCE LINLI_VERSION="${PROJECT_VERSION}"
                                                 LINLI_PLUGINS="${CMAKE_INSTALL_FULL_LIBDIR}/linli/plugins")

set(LINLI_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes> -Wformat=2 -Wundef -Wvla -Wno-missing-field-initializers -Werror)
target_compile_options(linli_flags INTERFACE ${LINLI_WARNINGS} -fno-strict-aliasing)

if(LINLI_SANITIZE)
  target_compile_options(linli_flags INTERFACE -fsanitize=${LINLI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(linli_flags INTERFACE -fsanitize=${LINLI_SANITIZE})
endif()
if(LINLI_ARENA_MALLOC)
  target_compile_definitions(linli_flags INTERFACE LINLI_ARENA_MALLOC)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(linli_flags INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
  target_link_options(linli_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# The release build leaves bin/linli and bin/plugins/ in the tree; the others keep to themselves.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(LINLI_BIN_DIR ${CMAKE_SOURCE_DIR}/bin)
else()
  set(LINLI_BIN_DIR ${CMAKE_BINARY_DIR}/bin)
endif()
set(LINLI_PLUGIN_DIR ${LINLI_BIN_DIR}/plugins)
