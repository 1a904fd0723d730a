//! What a plan must hold to.
