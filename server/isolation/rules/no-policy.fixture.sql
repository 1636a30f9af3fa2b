-- object: {students}
-- breaks
drop policy base on {students}; drop policy fence on {students};
-- holds
drop policy base on {students};
