// The forward declarations first, the definitions after: -Wmismatched-tags and the compiler see whether they agree.
#include <goldenthread/fwd.hpp>

#include <goldenthread/goldenthread.hpp>
