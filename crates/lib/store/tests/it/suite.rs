//! Which tests there are, each once for every database.

/// Tests of a database, wherever it is.
macro_rules! on_every_database {
    ($($module:ident { $($test:ident,)* })*) => {
        mod in_memory {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                let database = store::Database::in_memory().await.unwrap();
                crate::$module::$test(&database).await;
            }
        )*})*}

        mod in_a_file {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                let place = crate::place::Place::file();
                crate::$module::$test(&place.open().await).await;
            }
        )*})*}

        mod on_a_server {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            #[ignore = "needs ROLLCALL_TEST_POSTGRES"]
            async fn $test() {
                let place = crate::place::Place::server().await;
                crate::$module::$test(&place.open().await).await;
            }
        )*})*}
    };
}

/// Tests of opening a database, where it outlives its connections.
macro_rules! on_every_place {
    ($($module:ident { $($test:ident,)* })*) => {
        mod again_in_a_file {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                crate::$module::$test(&crate::place::Place::file()).await;
            }
        )*})*}

        mod again_on_a_server {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            #[ignore = "needs ROLLCALL_TEST_POSTGRES"]
            async fn $test() {
                crate::$module::$test(&crate::place::Place::server().await).await;
            }
        )*})*}
    };
}

on_every_database! {
    round_trip {
        any_task_is_read_as_it_was_written,
        any_connector_is_read_as_it_was_written,
        any_credential_is_read_as_it_was_written,
        any_worker_is_read_as_it_was_written,
        any_upload_is_read_as_it_was_written,
        any_log_line_is_read_as_it_was_written,
        what_no_database_holds_is_replaced,
    }
    connectors {
        a_name_is_taken_once,
        the_second_of_two_writers_is_outdated,
        no_change_of_many_writers_is_lost,
        those_are_due_whose_time_has_come,
        they_are_listed_by_name,
        a_task_comes_with_the_change_or_not_at_all,
    }
    credentials {
        a_client_id_is_taken_once,
        a_nonce_is_used_once,
        nonces_are_each_credentials_own,
        a_credential_is_revoked_once,
        a_token_comes_with_its_credential,
        a_token_without_its_credential_is_none,
        what_has_expired_is_forgotten,
        what_was_taken_back_is_forgotten_after_a_while,
    }
    leases {
        one_of_many_services_has_a_lease,
        it_is_free_when_it_is_over_or_let_go,
        what_needs_it_is_written_by_its_holder_only,
    }
    sealed {
        all_of_them_are_known,
        one_is_written_over_what_it_was,
    }
    workers {
        hello_again_keeps_when_it_was_first_seen,
        what_is_seen_never_goes_back,
        the_last_heard_of_comes_first,
        one_is_found_by_its_name,
        so_many_are_remembered_and_no_more,
        whoever_is_not_heard_of_is_forgotten,
    }
    tasks {
        the_second_of_two_writers_is_outdated,
        the_most_urgent_comes_first_then_the_oldest,
        what_waits_is_not_ready,
        a_paused_connector_has_nothing_ready,
        any_number_may_be_asked_for,
        those_have_expired_whose_lease_is_over,
        an_earlier_try_leads_to_its_task,
        when_a_try_began_is_remembered,
        the_newest_come_first,
    }
    locks {
        one_of_many_takers_gets_a_lock,
        a_lock_is_free_when_its_task_is_over,
        a_lock_is_each_connectors_own,
        what_wants_a_held_lock_is_not_ready,
    }
    uploads {
        a_file_is_there_once_it_is_kept,
        the_newest_sync_is_never_removed,
        what_was_interrupted_is_removed,
        logs_are_removed_when_their_time_is_over,
        those_of_tasks_are_found,
        what_is_removed_is_gone,
    }
    logs {
        pages_go_both_ways,
        each_connector_has_its_own,
        a_task_is_all_its_tries,
        what_matters_less_is_left_out,
        texts_are_found_whatever_their_letters,
        what_is_old_is_forgotten_in_portions,
        what_is_too_much_is_forgotten_in_portions,
        a_place_is_never_given_again,
    }
    access {
        any_rows_are_read_as_they_were_written,
        what_no_database_holds_is_replaced,
        nobody_sees_one_that_is_not_whole,
        a_candidate_becomes_current,
        the_next_takes_the_place_of_its_base_only,
        the_first_place_is_taken_once,
        one_that_is_not_believed_is_retired,
        each_connector_has_its_own,
        what_is_dropped_half_way_changes_nothing,
        accounts_come_by_name_in_capitals_or_not,
        filters_narrow,
        a_search_finds_names_addresses_and_ids,
        what_has_no_value_comes_last,
        every_order_has_all_of_them,
        pages_follow_each_other,
        entitlements_tell_how_many_hold_them,
        entitlements_are_narrowed_too,
        holdings_tell_through_what,
        holders_are_searched_and_told_apart,
        what_is_only_named_is_told_as_such,
        an_overview_counts,
        nothing_changes_by_itself,
        the_first_is_compared_with_nothing,
        what_changed_is_told,
        what_was_left_out_is_not_counted_among_lost_grants,
        what_can_be_held_is_compared_too,
        what_a_run_changed_is_found_by_kind_way_and_text,
        how_much_a_run_changed_is_read_as_it_was_written,
        what_a_run_changed_goes_with_its_file,
        samples_are_few_counts_are_not,
        what_comes_back_is_new,
        it_is_what_two_sets_differ_in,
        only_whole_snapshots_are_seen,
        what_is_over_goes_in_portions,
        what_is_needed_stays,
        whoever_was_given_up_for_dead_is_told_so,
        nothing_comes_of_a_connector_that_was_removed,
    }
    ledger {
        any_operator_is_read_as_it_was_written,
        any_sign_in_is_read_as_it_was_written,
        any_session_is_read_as_it_was_written,
        any_api_key_is_read_as_it_was_written,
        any_group_is_read_as_it_was_written,
        any_link_is_read_as_it_was_written,
        any_app_is_read_as_it_was_written,
        any_installation_is_read_as_it_was_written,
        any_settings_are_read_as_they_were_written,
        any_letter_is_read_as_it_was_written,
        any_audit_entry_is_read_as_it_was_written,
        what_cannot_be_written_whole_is_not_written,
        the_second_of_two_changes_is_outdated,
        an_address_and_a_name_are_taken_once,
        of_many_first_users_there_is_one,
        somebody_with_every_right_is_left,
        a_link_is_used_once,
        a_link_ends_when_its_time_is_over,
        links_to_the_first_start_end_together,
        sessions_end_together_but_for_one,
        settings_are_saved_over_the_revision_before,
        a_check_is_noted_of_the_revision_that_was_checked,
        wrong_tries_at_once_are_all_counted,
        a_lock_ends_with_its_time_and_not_before,
        a_try_of_nobody_is_noted_nowhere,
        a_code_is_good_once,
        a_recovery_code_is_good_once,
        a_session_is_never_seen_earlier_than_before,
        an_api_key_is_revoked_once,
        api_keys_of_somebody_end_together,
        an_api_key_is_never_used_earlier_than_before,
        old_sessions_and_links_are_forgotten,
        a_provider_is_saved_over_the_revision_before,
        somebody_is_known_by_issuer_and_subject,
        nobody_is_two_people,
        a_passkey_is_read_as_it_was_written_and_taken_once,
        an_answer_of_a_passkey_is_good_once,
        somebody_keeps_a_second_factor,
        those_are_due_whose_time_has_come_the_oldest_first,
        what_became_of_a_letter_is_written_once,
        a_letter_is_sent_by_one_of_many,
        a_letter_that_cannot_be_sent_is_tried_later_and_given_up_in_the_end,
        many_writers_leave_one_chain,
        entries_are_found_by_what_they_are_about,
        pages_of_the_trail_follow_each_other,
        a_removed_connector_leaves_nothing_behind,
    }
    office {
        the_last_super_administrator_stays_one,
        two_super_administrators_do_not_leave_together,
        who_is_deactivated_has_no_session_any_more,
        the_first_start_is_once,
        a_key_acts_for_its_owner_and_says_so,
        a_key_is_good_until_its_time_is_over,
        a_key_of_somebody_who_was_deactivated_is_dead_for_good,
        only_a_super_administrator_has_a_key_for_users,
        keys_of_others_do_not_exist,
        a_role_goes_with_the_last_group_that_gives_it,
        groups_and_what_they_give_change_one_after_the_other,
        a_group_has_a_name_of_its_own_and_members_of_the_directory,
        whoever_was_added_comes_in_by_their_letter,
        two_first_sign_ins_at_once_make_one_user,
        whom_a_directory_brought_comes_in_and_is_still_its_own,
        who_comes_in_is_decided_each_time,
        only_whoever_may_decides_how_people_sign_in,
        another_provider_has_to_be_turned_on,
        nobody_gives_up_their_only_way_in,
        a_colleague_finishes_what_they_were_asked_for,
        asking_again_takes_its_time,
        an_owner_can_come_in,
        each_change_has_one_entry_and_no_secret,
        no_change_has_no_entry,
        only_who_may_chooses_and_only_what_makes_sense,
        every_way_to_a_sync_asks_for_what_was_chosen,
        what_was_left_out_on_purpose_is_no_loss,
        a_sync_that_lost_much_is_held_and_believed_by_a_person,
        a_sync_that_is_discarded_changes_nothing,
        without_a_guard_nothing_is_held,
        a_file_that_comes_too_late_is_not_noted, a_file_that_is_brought_is_a_sync_that_succeeded, apps_are_found_renamed_and_gone, only_who_may_brings_files_and_only_where_nothing_runs, what_another_service_believed_is_not_judged_again, what_each_run_changed_is_kept,
        owners_are_written_to_once_of_trouble_and_once_of_its_end,
    }
    desk {
        whoever_shows_no_good_token_is_turned_away,
        a_revoked_credential_ends_its_tokens,
        an_expired_credential_ends_its_tokens,
        a_signed_nonce_gives_one_token,
        each_sees_only_its_own_tasks,
        many_instances_share_the_tasks_out,
        a_failure_may_be_said_again,
        a_sync_without_its_file_is_tried_again,
        a_sync_with_its_file_is_believed,
        two_sweeps_do_things_once,
        work_for_nobody_is_refused,
        what_waits_is_cancelled_at_once,
        what_runs_is_told_to_stop,
    }
}

on_every_place! {
    backup {
        what_is_not_empty_is_refused_and_stays,
        tables_of_somebody_else_are_refused,
        what_breaks_off_leaves_nothing_and_can_be_done_again,
        an_older_one_is_brought_up_to_date,
    }
    access {
        a_crash_after_any_step_leaves_what_was_there,
    }
    ledger {
        what_was_changed_in_the_trail_is_seen,
    }
    opening {
        a_connector_of_an_older_version_has_its_place,
        opened_again_it_holds_everything,
        many_may_open_it_for_the_first_time_at_once,
        tables_are_made_all_or_none,
        an_impossible_row_is_named,
        a_newer_version_is_refused,
    }
    desk {
        what_was_taken_is_handed_out_whatever_follows,
    }
}
