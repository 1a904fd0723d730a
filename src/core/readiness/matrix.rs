//! Small symmetric matrices: just what a fit of eleven numbers needs.

/// A square matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

/// The lower triangle C of `C Cᵀ`.
#[derive(Clone, Debug)]
pub struct Root(Matrix);

impl Matrix {
    /// Nothing but zeros.
    pub fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Adds to a cell.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// Adds `factor x xᵀ`.
    pub fn add_square(&mut self, x: &[f64], factor: f64) {
        for (row, a) in x.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            let scaled = factor * a;
            for (cell, b) in self.cells[row * self.size..(row + 1) * self.size].iter_mut().zip(x) {
                *cell += scaled * b;
            }
        }
    }

    /// Cholesky's root; `None` if the matrix is not positive.
    pub fn root(&self) -> Option<Root> {
        let n = self.size;
        let mut root = Self::zero(n);
        for i in 0..n {
            for j in 0..=i {
                let before: f64 = (0..j).map(|k| root.cells[i * n + k] * root.cells[j * n + k]).sum();
                let rest = self.cells[i * n + j] - before;
                root.cells[i * n + j] = if i == j {
                    // NaN is refused as well.
                    if rest > 0.0 { rest.sqrt() } else { return None }
                } else {
                    rest / root.cells[j * n + j]
                };
            }
        }
        Some(Root(root))
    }
}

impl Root {
    /// x with `C x = b`.
    fn forward(&self, b: &[f64]) -> Vec<f64> {
        let n = self.0.size;
        let mut x = b.to_vec();
        for i in 0..n {
            let before: f64 = (0..i).map(|k| self.0.cells[i * n + k] * x[k]).sum();
            x[i] = (x[i] - before) / self.0.cells[i * n + i];
        }
        x
    }

    /// x with `Cᵀ x = b`. Of independent standard normal numbers b it makes numbers with the covariance `(C Cᵀ)⁻¹`.
    pub fn backward(&self, b: &[f64]) -> Vec<f64> {
        let n = self.0.size;
        let mut x = b.to_vec();
        for i in (0..n).rev() {
            let after: f64 = (i + 1..n).map(|k| self.0.cells[k * n + i] * x[k]).sum();
            x[i] = (x[i] - after) / self.0.cells[i * n + i];
        }
        x
    }

    /// Half the logarithm of the determinant of `C Cᵀ`.
    pub fn half_log_determinant(&self) -> f64 {
        (0..self.0.size).map(|n| self.0.cells[n * self.0.size + n].ln()).sum()
    }

    /// x with `C Cᵀ x = b`.
    pub fn solve_square(&self, b: &[f64]) -> Vec<f64> {
        self.backward(&self.forward(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_solves() {
        let mut matrix = Matrix::zero(3);
        matrix.add_square(&[1.0, 2.0, 0.5], 2.0);
        for n in 0..3 {
            matrix.add(n, n, 1.0 + n as f64);
        }
        let x = matrix.root().unwrap().solve_square(&[1.0, -1.0, 2.0]);
        let product: Vec<f64> = (0..3).map(|r| (0..3).map(|c| matrix.cells[r * 3 + c] * x[c]).sum()).collect();
        assert!(product.iter().zip([1.0, -1.0, 2.0]).all(|(a, b)| (a - b).abs() < 1e-12), "{product:?}");
        assert!(Matrix::zero(2).root().is_none());
    }
}
