//! Work on a long list, shared out over the processor's cores with the results in order.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lists shorter than this are not worth a thread.
const WORTH_IT: usize = 200;

/// Calls `work` on consecutive ranges that cover `0..len`, at the same time, and joins what they return in order.
pub fn in_ranges<T: Send>(len: usize, work: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    if len < WORTH_IT {
        return work(0..len);
    }
    // More ranges than cores, since the work on some is longer; not many more, since each pays for its own tables.
    let ranges = cores() * 4;
    let size = len.div_ceil(ranges);
    in_tasks(ranges, |n| work((n * size).min(len)..((n + 1) * size).min(len))).into_iter().flatten().collect()
}

/// Calls both at the same time.
pub fn both<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let a = scope.spawn(a);
        let b = b();
        (a.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), b)
    })
}

/// The number of threads to share work among.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(8)
}

/// Calls `work` with each number below `tasks`, at the same time, and returns the results in order.
pub fn in_tasks<T: Send>(tasks: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..cores().min(tasks))
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = vec![];
                    loop {
                        let task = next.fetch_add(1, Ordering::Relaxed);
                        if task >= tasks {
                            return mine;
                        }
                        mine.push((task, work(task)));
                    }
                })
            })
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(task, _)| *task);
    done.into_iter().map(|(_, result)| result).collect()
}
