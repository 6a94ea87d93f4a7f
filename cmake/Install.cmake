# Binary, plug-ins, SDK, SQL and configuration where the FHS wants them.
install(DIRECTORY plugins/include/linli DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY sql DESTINATION ${CMAKE_INSTALL_DATADIR}/linli)
install(DIRECTORY config/rules config/calendar DESTINATION ${CMAKE_INSTALL_DATADIR}/linli/config)
