# What `cmake --install` leaves behind: headers, the library, the files find_package(goldenthread) reads.
include(CMakePackageConfigHelpers)

set(goldenthread_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/goldenthread")

install(TARGETS goldenthread_core goldenthread EXPORT goldenthread_targets
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT development
        FILE_SET HEADERS COMPONENT development
        FILE_SET included_first COMPONENT development)
install(EXPORT goldenthread_targets NAMESPACE goldenthread:: DESTINATION "${goldenthread_package_dir}"
        COMPONENT development)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/goldenthreadConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/goldenthreadConfig.cmake" INSTALL_DESTINATION "${goldenthread_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/goldenthreadConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/goldenthreadConfig.cmake" "${PROJECT_BINARY_DIR}/goldenthreadConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/goldenthread_definition_tests.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/definition_tests.cpp"
        DESTINATION "${goldenthread_package_dir}" COMPONENT development)
