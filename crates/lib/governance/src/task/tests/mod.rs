mod any_history;
mod one_step;
