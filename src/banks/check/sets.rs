//! How much two sorted sets have in common.

/// How much two sorted sets have in common: the size of the intersection.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// The Jaccard index of two sorted sets: the intersection's size over the union's; 0 for two empty sets.
pub fn jaccard<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let both = shared(a, b);
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// The cosine of two sorted sets, taken as vectors of zeros and ones; 0 if one is empty.
pub fn cosine<T: Ord>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() || b.is_empty() { 0.0 } else { shared(a, b) as f64 / ((a.len() * b.len()) as f64).sqrt() }
}
