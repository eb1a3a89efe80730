//! Outgoing connections: which addresses may be reached, and the clients that obey.
//!
//! Layer 1: used by `feed` (fetching) and `notify` (receivers).
