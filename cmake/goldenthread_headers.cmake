# Public headers as file sets: installed from them, and each compiled alone (CMAKE_VERIFY_INTERFACE_HEADER_SETS). A header
# that one of our own sources includes before anything else is compiled alone there: that one is not asked again.
file(GLOB_RECURSE goldenthread_public_headers CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/include/goldenthread/*.hpp")
file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*.cpp")
set(included_first "")
foreach(source IN LISTS sources)
    file(STRINGS "${source}" first_include REGEX "^#include" LIMIT_COUNT 1)
    if(first_include MATCHES "<(goldenthread/[^>]+)>")
        list(APPEND included_first "${PROJECT_SOURCE_DIR}/include/${CMAKE_MATCH_1}")
    endif()
endforeach()
list(REMOVE_DUPLICATES included_first)
set(not_included_first ${goldenthread_public_headers})
list(REMOVE_ITEM not_included_first ${included_first})
target_sources(goldenthread_core INTERFACE
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${not_included_first}
    FILE_SET included_first TYPE HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${included_first})
set_target_properties(goldenthread_core PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
