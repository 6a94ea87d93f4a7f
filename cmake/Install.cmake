# Binary, plug-ins, SDK, SQL and configuration where the FHS wants them.  Plug-ins and the
# binary install themselves (cmake/Plugin.cmake, api/CMakeLists.txt).
include(CMakePackageConfigHelpers)

install(DIRECTORY plugins/include/linli DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY sql DESTINATION ${CMAKE_INSTALL_DATADIR}/linli PATTERN query EXCLUDE)
install(DIRECTORY web/templates web/assets DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/web)
install(FILES web/reference.docx DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/web)
install(PROGRAMS web/pdf web/docx DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/web)
install(DIRECTORY config/rules config/calendar DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/config)
# What `linli plugin new` begins with.
install(DIRECTORY config/plugin DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/config)
install(FILES docs/example_plugin/plugin.c DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/docs/example_plugin)
install(FILES plugins/mechanisms/public_bidding/plugin.c
        DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/plugins/mechanisms/public_bidding)
install(FILES config/linli.conf DESTINATION ${CMAKE_INSTALL_SYSCONFDIR}/linli OPTIONAL)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES config/systemd/linli.service config/systemd/linli-portal.service config/systemd/linli-backup.service config/systemd/linli-backup.timer
              config/systemd/linli-signer.service config/systemd/linli-log.service config/systemd/linli-log.timer
        DESTINATION lib/systemd/system)
install(DIRECTORY config/proxy DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

# The SDK, found by pkg-config and by find_package(Linli): of plug-in authors headers only, of bidders' programs a library (linli-seal).
set(LINLI_PLUGIN_CFLAGS "-std=c17 -O2 -fPIC -fvisibility=hidden -fno-stack-protector -U_FORTIFY_SOURCE -mgeneral-regs-only")
set(LINLI_PLUGIN_LDFLAGS "-shared -nostartfiles -Wl,-z,relro,-z,now,-z,noexecstack")
# Seen from where the file lies, so that it also holds in a staged or moved tree.
file(RELATIVE_PATH LINLI_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" PC_PREFIX "\${pcfiledir}/${LINLI_PC_PREFIX}")
set(PC_INCLUDE "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
set(PC_PLUGINS "\${prefix}/${CMAKE_INSTALL_LIBDIR}/linli/plugins")
set(PC_LIB "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
set(PC_SHARE "\${prefix}/${CMAKE_INSTALL_DATADIR}/linli")
set(PC_CASES "\${prefix}/${CMAKE_INSTALL_LIBEXECDIR}/linli/cases")
configure_file(cmake/linli.pc.in ${CMAKE_BINARY_DIR}/linli.pc @ONLY)
configure_file(cmake/linli-seal.pc.in ${CMAKE_BINARY_DIR}/linli-seal.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/linli.pc ${CMAKE_BINARY_DIR}/linli-seal.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_package_config_file(cmake/LinliConfig.cmake.in ${CMAKE_BINARY_DIR}/LinliConfig.cmake
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Linli)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/LinliConfigVersion.cmake COMPATIBILITY ExactVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_BINARY_DIR}/LinliConfig.cmake ${CMAKE_BINARY_DIR}/LinliConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Linli)

# The same of this tree, beside the program: what `linli plugin new` makes builds before anything is installed.
set(PC_PREFIX ${CMAKE_SOURCE_DIR})
set(PC_INCLUDE "\${prefix}/plugins/include")
set(PC_LIB ${LINLI_BIN_DIR}/sdk)
set(PC_PLUGINS ${LINLI_PLUGIN_DIR})
set(PC_SHARE "\${prefix}")
set(PC_CASES ${CMAKE_BINARY_DIR}/tests/cases_run)
configure_file(cmake/linli.pc.in ${LINLI_BIN_DIR}/sdk/linli.pc @ONLY)
configure_file(cmake/linli-seal.pc.in ${LINLI_BIN_DIR}/sdk/linli-seal.pc @ONLY)
