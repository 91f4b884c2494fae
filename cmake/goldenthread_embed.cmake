# goldenthread_embed(<target> <symbol> <file>...): the files as byte arrays in one generated source, found by
# goldenthread::detail::<symbol>() as a list of (name, text). Names are paths relative to the project.
function(goldenthread_embed target symbol)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp")
    set(inputs)
    foreach(file IN LISTS ARGN)
        list(APPEND inputs "${PROJECT_SOURCE_DIR}/${file}")
    endforeach()
    add_custom_command(
        OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DSYMBOL=${symbol}" "-DROOT=${PROJECT_SOURCE_DIR}"
                "-DFILES=${ARGN}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
        DEPENDS ${inputs} "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
        COMMENT "Embedding ${symbol}" VERBATIM)
    # The library stands in another folder: it sees the command only through a target of this one.
    add_custom_target(goldenthread_${symbol} DEPENDS "${output}")
    add_dependencies(${target} goldenthread_${symbol})
    target_sources(${target} PRIVATE "${output}")
endfunction()
