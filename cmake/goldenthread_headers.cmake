# Public headers as a file set: installed from it, and each compiled alone (CMAKE_VERIFY_INTERFACE_HEADER_SETS).
file(GLOB_RECURSE goldenthread_public_headers CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/include/goldenthread/*.hpp")
target_sources(goldenthread_core INTERFACE
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${goldenthread_public_headers})
