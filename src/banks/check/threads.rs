//! Work on a long list, shared out over the processor's cores with the results in order.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lists shorter than this are not worth a thread.
const WORTH_IT: usize = 200;

/// Calls `work` on consecutive ranges that cover `0..len`, at the same time, and joins what they return in order.
pub fn in_ranges<T: Send>(len: usize, work: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if len < WORTH_IT || cores == 1 {
        return work(0..len);
    }
    // More ranges than cores would even out the load, but each range pays for its own scratch tables.
    let size = len.div_ceil(cores);
    std::thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> = (0..cores)
            .map(|n| (n * size).min(len)..((n + 1) * size).min(len))
            .map(|range| scope.spawn(move || work(range)))
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// Calls `work` with each number below `tasks`, at the same time, and returns the results in order.
pub fn in_tasks<T: Send>(tasks: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..cores.min(tasks))
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
