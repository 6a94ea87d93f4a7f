# A plug-in is a folder plugins/<kind>/<id>/ with a plugin.c; nothing else names it.  What other .c files lie beside it are
# compiled with it.
# No floating point, no start files, one exported symbol, nothing instrumented:
# purity is checked on what is shipped.
function(linli_plugin_target target name folder)
  add_library(${target} MODULE ${ARGN})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    C_VISIBILITY_PRESET hidden LIBRARY_OUTPUT_DIRECTORY ${folder})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/plugins/include)
  target_compile_options(${target} PRIVATE ${LINLI_WARNINGS} -O2 -fno-stack-protector -U_FORTIFY_SOURCE
    $<$<C_COMPILER_ID:GNU>:-mgeneral-regs-only>)
  target_link_options(${target} PRIVATE -nostartfiles -Wl,-z,relro,-z,now,-z,noexecstack)
  foreach(file ${ARGN})
    file(READ ${file} source)
    if(source MATCHES "#include <gmp.h>")
      target_link_libraries(${target} PRIVATE ${GMP_LIBRARY})
    endif()
  endforeach()
endfunction()

function(linli_plugin folder)
  get_filename_component(id ${folder} NAME)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.[ch])
  linli_plugin_target(plugin_${id} ${id} ${LINLI_PLUGIN_DIR} ${files})
  add_dependencies(plugins plugin_${id})
  install(TARGETS plugin_${id} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/linli/plugins)
endfunction()
