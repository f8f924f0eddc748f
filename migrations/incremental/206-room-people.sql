-- Whoever asked for a room comes in, the room is told who was called and why, and whoever asked is told what came of it.
alter table incident_steps drop constraint incident_steps_kind_check;
alter table incident_steps add constraint incident_steps_kind_check
    check (kind in ('open', 'admit', 'subject', 'purpose', 'guide', 'pin', 'link', 'invite', 'introduce', 'tell', 'report', 'post', 'page', 'page_end'));
