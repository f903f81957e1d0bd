//! What the room is told, held against what the scenario says.
