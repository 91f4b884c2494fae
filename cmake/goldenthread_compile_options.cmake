# How our own targets are compiled. Consumers of the headers are not touched.

# A sanitizer must see every object of a program, so it is the one option for the whole tree.
if(GOLDENTHREAD_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
    add_link_options(-fsanitize=address,undefined)
endif()

if(GOLDENTHREAD_SANITIZE_THREADS)
    if(GOLDENTHREAD_SANITIZE)
        message(FATAL_ERROR "ThreadSanitizer and AddressSanitizer do not go together: choose one")
    endif()
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
endif()

# libFuzzer reads which edges of the code an input reached, so the library is instrumented too.
if(GOLDENTHREAD_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "libFuzzer comes with clang: use the preset fuzz, or make fuzz")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

function(goldenthread_compile_options target)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 /permissive- /utf-8 /fp:precise)
        return()
    endif()
    # The same bytes everywhere: no fused multiply-add behind our back.
    target_compile_options(${target} PRIVATE -ffp-contract=off -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wshadow=local)
    endif()
    if(GOLDENTHREAD_DEVELOPER AND NOT GOLDENTHREAD_SANITIZE AND NOT GOLDENTHREAD_SANITIZE_THREADS)  # instrumented code warns of what it made itself
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()
