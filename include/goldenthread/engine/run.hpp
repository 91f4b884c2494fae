// goldenthread: the engine compiled into the translation unit that includes this, for a host that wants its own compiler
// and options on the inner loops: inlined::evaluate, inlined::explain, inlined::what_moved, inlined::tabulate and
// inlined::engine, each as its namesake. Slow to compile. Texts of errors still come from goldenthread::goldenthread.
#pragma once

#include <goldenthread/engine/engine_inline.hpp>
#include <goldenthread/engine/evaluate_inline.hpp>
#include <goldenthread/engine/explain_inline.hpp>
#include <goldenthread/engine/tabulate_inline.hpp>
#include <goldenthread/engine/what_moved_inline.hpp>
