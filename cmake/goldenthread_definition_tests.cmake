# goldenthread_add_definition_tests(<name> [SHIPPED] [FILES <definitions>...] [CASES <case files or folders>...])
#
# Makes every case of these definitions a CTest test, named "<name>: <indicator>: <title of the case>": those the
# definitions carry and those of the case files. The cases are found when the program of the tests is built; it is built
# again when a file changes. SHIPPED begins with the definitions that goldenthread ships.
include_guard()

function(goldenthread_add_definition_tests name)
    cmake_parse_arguments(PARSE_ARGV 1 given "SHIPPED" "" "FILES;CASES")
    if(given_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "goldenthread_add_definition_tests(${name}): unknown: ${given_UNPARSED_ARGUMENTS}; "
                            "it takes SHIPPED, FILES and CASES")
    endif()
    set(sources "")
    set(dependencies "")
    if(given_SHIPPED)
        list(APPEND sources --shipped)
    endif()
    foreach(path IN LISTS given_FILES)
        cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
        list(APPEND sources "${path}")
        list(APPEND dependencies "${path}")
    endforeach()
    foreach(path IN LISTS given_CASES)
        cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
        list(APPEND sources "--cases=${path}")
        if(IS_DIRECTORY "${path}")
            file(GLOB files CONFIGURE_DEPENDS "${path}/*.json")
            list(APPEND dependencies ${files})
        else()
            list(APPEND dependencies "${path}")
        endif()
    endforeach()

    add_executable(${name} "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/definition_tests.cpp")
    target_link_libraries(${name} PRIVATE goldenthread::goldenthread)
    set_target_properties(${name} PROPERTIES LINK_DEPENDS "${dependencies}")
    set(tests "${CMAKE_CURRENT_BINARY_DIR}/${name}.ctest.cmake")
    add_custom_command(TARGET ${name} POST_BUILD BYPRODUCTS "${tests}"
        COMMAND ${name} discover "${tests}" "${name}" ${sources} VERBATIM)
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${tests}")
endfunction()
