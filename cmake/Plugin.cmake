# A plug-in is a folder plugins/<kind>/<id>/ with a plugin.c; nothing else names it.
# No floating point, no start files, one exported symbol, nothing instrumented:
# purity is checked on what is shipped.
function(linli_plugin folder)
  get_filename_component(id ${folder} NAME)
  add_library(plugin_${id} MODULE ${folder}/plugin.c)
  set_target_properties(plugin_${id} PROPERTIES PREFIX "" OUTPUT_NAME ${id}
    C_VISIBILITY_PRESET hidden LIBRARY_OUTPUT_DIRECTORY ${LINLI_PLUGIN_DIR})
  add_dependencies(plugins plugin_${id})
  target_include_directories(plugin_${id} PRIVATE ${CMAKE_SOURCE_DIR}/plugins/include)
  target_compile_options(plugin_${id} PRIVATE ${LINLI_WARNINGS} -O2 -fno-stack-protector -U_FORTIFY_SOURCE
    $<$<C_COMPILER_ID:GNU>:-mgeneral-regs-only>)
  target_link_options(plugin_${id} PRIVATE -nostartfiles -Wl,-z,relro,-z,now,-z,noexecstack)
  file(READ ${folder}/plugin.c source)
  if(source MATCHES "#include <gmp.h>")
    target_link_libraries(plugin_${id} PRIVATE ${GMP_LIBRARY})
  endif()
  install(TARGETS plugin_${id} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/linli/plugins)
endfunction()
