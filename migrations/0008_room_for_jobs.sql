-- Room for a scheduler that keeps jobs. As in schema scheduler, it makes its tables itself, as pr_worker: their shape belongs
-- to the scheduler and changes with its version. A job says which work and which key of it to look at; what is due stays in
-- our own rows, so nothing is lost with this schema.
CREATE SCHEMA jobs;
GRANT USAGE, CREATE ON SCHEMA jobs TO pr_worker;
