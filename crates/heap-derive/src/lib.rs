//! The derive macros of the heap.
