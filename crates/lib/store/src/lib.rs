//! Where the control plane keeps its state.
