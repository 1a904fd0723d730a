//! temp
use crate::learner;
use crate::rivals::Said;
use crate::world::World;
use swprep::core::library::Library;
use swprep::core::readiness::{Forecast, syllabus::Syllabus};
pub fn run(library: &Library, base: u64, n: u64) {
    let out: Vec<String> = std::thread::scope(|s| {
        let hs: Vec<_> = World::ALL
            .into_iter()
            .map(|world| {
                s.spawn(move || {
                    // by moment: count, expected brier, oracle, sq err, bias, coverage
                    let mut t = vec![[0.0_f64; 7]; 5];
                    let mut m = 0;
                    let mut lastday = 0;
                    for k in 0..n {
                        learner::live(world, library, base + k * 17 + world as u64, |progress, moment| {
                            let day = moment.today.0;
                            m = if day == 20_006 {
                                0
                            } else if day == 20_015 {
                                1
                            } else if day == 20_030 {
                                2
                            } else {
                                3
                            };
                            lastday = day;
                            let syllabus = Syllabus::of(library, progress, learner::CATEGORY);
                            let f = Forecast::of(&syllabus, progress, moment.today.plus(1));
                            let Some(e) = f.on(library, progress, moment.exam) else { return };
                            let known = Said::one(moment.truth.0, moment.truth.1);
                            for i in [m, 4] {
                                let r = &mut t[i];
                                r[0] += 1.0;
                                for c in &e.chances {
                                    let p = known.reaches(c.mark);
                                    r[1] += ((c.chance - p).powi(2) + p * (1.0 - p)) / 3.0;
                                    r[2] += p * (1.0 - p) / 3.0;
                                }
                                r[3] += (e.score - moment.truth.0).powi(2);
                                r[4] += e.score - moment.truth.0;
                                let hit = known.reaches(e.low) - known.reaches(e.high + 1);
                                r[5] += hit;
                                r[6] += f64::from(e.high - e.low);
                            }
                        });
                    }
                    let _ = lastday;
                    let mut o = format!("{:<16}", world.name());
                    for r in [&t[4], &t[0], &t[1], &t[2], &t[3]] {
                        let c = r[0].max(1.0);
                        o += &format!(
                            " | {:.4} ({:.4}) e{:.2} b{:+.2} c{:.0} w{:.1}",
                            r[1] / c,
                            r[1] / c - r[2] / c,
                            (r[3] / c).sqrt(),
                            r[4] / c,
                            100.0 * r[5] / c,
                            r[6] / c
                        );
                    }
                    o
                })
            })
            .collect();
        hs.into_iter().map(|h| h.join().unwrap()).collect()
    });
    for o in out {
        println!("{o}");
    }
}
