use super::*;

const PER_PAGE: u32 = 5;

fn info(total: Option<u64>) -> ResultInfo {
    ResultInfo {
        total_count: total,
        ..ResultInfo::default()
    }
}

/// Shows a page of the ids `items` to the plan.
fn show(plan: &mut Plan, items: impl IntoIterator<Item = u64>, total: Option<u64>) -> Next {
    let items: Vec<_> = items.into_iter().map(|id| format!("{id:032x}")).collect();
    let new = items.iter().filter(|id| plan.is_new(id)).count() as u64;
    plan.take(items.len() as u64, new, &info(total))
}

fn ask_all(plan: &mut Plan) -> Vec<u64> {
    std::iter::from_fn(|| plan.ask()).collect()
}

#[test]
fn totals_tell_exactly_the_pages_that_exist() {
    let mut plan = Plan::new(PER_PAGE);
    assert_eq!(ask_all(&mut plan), [1]);
    assert_eq!(show(&mut plan, 0..5, Some(12)), Next::Continue);
    assert_eq!(ask_all(&mut plan), [2, 3]);
    assert_eq!(show(&mut plan, 5..10, Some(12)), Next::Continue);
    let outcome = Outcome {
        count: 12,
        total: Some(12),
        passes: 1,
        settled: true,
    };
    assert_eq!(show(&mut plan, 10..12, Some(12)), Next::Complete(outcome));
}

#[test]
fn a_full_last_page_is_the_last() {
    let mut plan = Plan::new(PER_PAGE);
    plan.ask();
    assert!(matches!(show(&mut plan, 0..5, Some(5)), Next::Complete(_)));
}

#[test]
fn an_empty_listing_takes_one_page() {
    for total in [None, Some(0)] {
        let mut plan = Plan::new(PER_PAGE);
        plan.ask();
        let outcome = Outcome {
            count: 0,
            total,
            passes: 1,
            settled: true,
        };
        assert_eq!(show(&mut plan, [], total), Next::Complete(outcome));
    }
}

#[test]
fn the_page_size_in_force_is_the_one_the_answer_has() {
    let mut plan = Plan::new(PER_PAGE);
    plan.ask();
    for id in 0..3 {
        plan.is_new(&format!("{id:032x}"));
    }
    let clamped = ResultInfo {
        per_page: Some(3),
        total_count: Some(7),
        ..ResultInfo::default()
    };
    assert_eq!(plan.take(3, 3, &clamped), Next::Continue);
    assert_eq!(ask_all(&mut plan), [2, 3]);
}

#[test]
fn without_totals_pages_are_asked_one_by_one_until_a_short_one() {
    let mut plan = Plan::new(PER_PAGE);
    assert_eq!(ask_all(&mut plan), [1]);
    assert_eq!(show(&mut plan, 0..5, None), Next::Continue);
    assert_eq!(ask_all(&mut plan), [2]);
    assert!(matches!(
        show(&mut plan, 5..7, None),
        Next::Complete(Outcome { count: 7, .. })
    ));
}

#[test]
fn a_server_that_knows_no_pages_is_understood() {
    let mut all_at_once = Plan::new(PER_PAGE);
    all_at_once.ask();
    assert!(matches!(show(&mut all_at_once, 0..8, None), Next::Complete(_)));

    let mut the_same_again = Plan::new(PER_PAGE);
    the_same_again.ask();
    assert_eq!(show(&mut the_same_again, 0..5, None), Next::Continue);
    the_same_again.ask();
    assert!(matches!(
        show(&mut the_same_again, 0..5, None),
        Next::Complete(Outcome { count: 5, .. })
    ));

    let mut with_totals = Plan::new(PER_PAGE);
    with_totals.ask();
    assert!(matches!(show(&mut with_totals, 0..8, Some(8)), Next::Complete(_)));
}

#[test]
fn a_total_that_changes_starts_the_listing_again_at_once() {
    let mut plan = Plan::new(PER_PAGE);
    show(&mut plan, 0..5, Some(12));
    assert_eq!(show(&mut plan, 6..11, Some(11)), Next::Restart);
    assert_eq!(ask_all(&mut plan), [1]);
    assert_eq!(show(&mut plan, 1..6, Some(11)), Next::Continue);
    show(&mut plan, 6..11, Some(11));
    let outcome = Outcome {
        count: 11,
        total: Some(11),
        passes: 2,
        settled: true,
    };
    assert_eq!(show(&mut plan, 11..12, Some(11)), Next::Complete(outcome));
}

#[test]
fn a_listing_that_never_holds_still_ends_with_a_note() {
    let mut plan = Plan::new(PER_PAGE);
    let mut total = 100;
    let mut restarts = 0;
    let outcome = loop {
        total += 1;
        let first = plan.ask().unwrap() * 5 - 5;
        match show(&mut plan, first..(first + 5).min(total), Some(total)) {
            Next::Continue => {}
            Next::Restart => restarts += 1,
            Next::Complete(outcome) => break outcome,
        }
    };
    assert_eq!((restarts, outcome.passes, outcome.settled), (2, 3, false));
    assert!(outcome.count >= 100);
}

#[test]
fn a_total_that_counts_something_else_is_believed_the_second_time() {
    let mut plan = Plan::new(PER_PAGE);
    plan.ask();
    assert_eq!(show(&mut plan, 0..4, Some(5)), Next::Restart);
    plan.ask();
    let outcome = Outcome {
        count: 4,
        total: Some(5),
        passes: 2,
        settled: true,
    };
    assert_eq!(show(&mut plan, 0..4, Some(5)), Next::Complete(outcome));
}

#[test]
fn a_total_without_end_does_not_make_pages_without_end() {
    for same in [0..5, 0..0] {
        let mut plan = Plan::new(PER_PAGE);
        let mut calls = 0;
        let outcome = loop {
            calls += 1;
            plan.ask();
            if let Next::Complete(outcome) = show(&mut plan, same.clone(), Some(u64::MAX)) {
                break outcome;
            }
        };
        assert_eq!(outcome.count, same.end);
        assert!(calls < 100, "{calls}");
    }
}

/// Reads `size` items from a server that gives 50 at most, whatever is asked for. Gives the outcome and the calls.
fn read_cut(size: u64, info: impl Fn(u64) -> ResultInfo) -> (Outcome, u32) {
    let (mut plan, mut calls) = (Plan::new(500), 0);
    loop {
        let page = plan.ask().unwrap();
        calls += 1;
        let first = ((page - 1) * 50).min(size);
        let items: Vec<_> = (first..(first + 50).min(size))
            .map(|id| format!("{id:032x}"))
            .collect();
        let new = items.iter().filter(|id| plan.is_new(id)).count() as u64;
        let items = items.len() as u64;
        if let Next::Complete(outcome) = plan.take(items, new, &info(items)) {
            return (outcome, calls);
        }
    }
}

#[test]
fn smaller_pages_than_asked_for_do_not_end_a_listing_that_tells_nothing() {
    for (size, calls) in [(120, 3), (100, 3), (50, 2), (49, 1), (7, 1)] {
        let (outcome, made) = read_cut(size, |_| ResultInfo::default());
        assert_eq!((outcome.count, made), (size, calls));
    }
}

#[test]
fn smaller_pages_than_asked_for_are_counted_right() {
    for (size, calls) in [(120, 3), (100, 2), (50, 1), (7, 1)] {
        let (outcome, made) = read_cut(size, |_| info(Some(size)));
        assert!(outcome.settled);
        assert_eq!((outcome.count, made, outcome.passes), (size, calls, 1));
    }
}

#[test]
fn a_total_of_the_page_alone_is_no_total() {
    let of_the_page = |items| ResultInfo {
        total_pages: Some(3),
        ..info(Some(items))
    };
    let (outcome, calls) = read_cut(120, of_the_page);
    assert_eq!((outcome.count, outcome.total, calls), (120, None, 3));
}

#[test]
fn a_whole_listing_without_totals_may_look_like_a_full_page_once() {
    let mut plan = Plan::new(50);
    plan.ask();
    assert_eq!(show(&mut plan, 0..40, None), Next::Continue);
    plan.ask();
    assert!(matches!(
        show(&mut plan, 0..40, None),
        Next::Complete(Outcome { count: 40, .. })
    ));
}
