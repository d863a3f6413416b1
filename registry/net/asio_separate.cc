// Everything of Asio that is not a template. All other files only declare it
// (BOOST_ASIO_SEPARATE_COMPILATION), which makes them compile faster.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
