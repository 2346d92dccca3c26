using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// From features straight to <see cref="DistributionalDueling"/>'s outputs: q(s, a) = v(s) + a(s, a) − mean(a) of vectors of atoms. All of it
/// is linear, so that the two weights and the mean fold into one matrix an action, T_a = W_v + W_a − mean(W), made anew after each change of
/// weights. A row that asks for one action only is multiplied by that action's matrix, and no other: an update of which each row names
/// its action costs a share of what all actions cost.
/// </summary>
internal sealed class DuelingHead : Layer
{
    // Columns of a weight's gradient that one worker takes: whole panels.
    private const int ColumnsAtOnce = 2 * Gemm.PanelWidth;

    // Rows of a batch that one worker takes.
    private const int RowsAtOnce = 32;

    private readonly Parameter _value, _valueBias, _advantage, _advantageBias;
    private readonly WorkerPool _pool;
    private readonly int _actions, _atoms, _forwardPanels, _backwardPanels;
    private readonly Action<int, int> _foldChunk, _forwardChunk, _inputChunk, _weightChunk;
    private readonly float[] _foldedBias, _forward, _backward, _common;
    private readonly float[][] _folded, _columns;
    private bool _stale = true;

    // The call in progress: rows from _starts[a] to before _starts[a + 1] are those of action a, or all rows are of every action.
    private readonly int[] _starts;
    private int[] _order = [];
    private bool _all;
    private int _batch, _stride;
    private float[] _x = [], _y = [], _dy = [], _dx = [];

    // Rows in the order of their actions.
    private float[] _features = [], _outputs = [], _gradients = [], _inputGradients = [];

    public DuelingHead(ParameterSet parameters, int features, int actions, int atoms, WorkerPool pool)
        : base(features, actions * atoms)
    {
        _value = parameters.Uniform("value.weight", features, atoms, features);
        _valueBias = parameters.Uniform("value.bias", features, atoms);
        _advantage = parameters.Uniform("advantage.weight", features, actions * atoms, features);
        _advantageBias = parameters.Uniform("advantage.bias", features, actions * atoms);
        (_actions, _atoms, _pool) = (actions, atoms, pool);
        (_forwardPanels, _backwardPanels) = (Gemm.PackedLength(features, atoms), Gemm.PackedLength(atoms, features));
        _folded = [.. Enumerable.Range(0, pool.Workers).Select(_ => new float[atoms * features])];
        _foldedBias = new float[actions * atoms];
        _forward = new float[actions * _forwardPanels];
        _backward = new float[actions * _backwardPanels];
        _common = new float[atoms * features];
        _columns = [.. Enumerable.Repeat(Array.Empty<float>(), pool.Workers)];
        _starts = new int[actions + 1];
        (_foldChunk, _forwardChunk, _inputChunk, _weightChunk) = (FoldChunk, ForwardChunk, InputChunk, WeightChunk);
    }

    public int Actions => _actions;

    /// <summary>Numbers to an action.</summary>
    public int Atoms => _atoms;

    /// <summary>atoms × features, and atoms.</summary>
    public (Parameter Weight, Parameter Bias) Value => (_value, _valueBias);

    /// <summary>actions × atoms × features, and actions × atoms.</summary>
    public (Parameter Weight, Parameter Bias) Advantage => (_advantage, _advantageBias);

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y)
    {
        (_all, _batch, _stride, _x, _y) = (true, batch, Outputs, x, y);
        Fold();
        _pool.Run(Rows(batch), _forwardChunk);
    }

    /// <summary>The outputs for one action of each row.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="x">batch × features.</param>
    /// <param name="actions">One a row.</param>
    /// <param name="y">batch × atoms, filled in.</param>
    public void Forward(int batch, float[] x, ReadOnlySpan<int> actions, float[] y)
    {
        Sort(actions.Slice(0, batch));
        Ensure(ref _features, batch * Inputs);
        Ensure(ref _outputs, batch * _atoms);
        Gather(x, Inputs, _features);
        (_all, _batch, _stride, _x, _y) = (false, batch, _atoms, _features, _outputs);
        Fold();
        _pool.Run(Rows(batch), _forwardChunk);
        Scatter(_outputs, _atoms, y);
    }

    /// <summary>As the layer's own; after a call for one action of each row, dy is batch × atoms.</summary>
    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        (_dy, _dx) = (dy, dx ?? []);
        if (!_all)
        {
            Ensure(ref _gradients, batch * _atoms);
            Ensure(ref _inputGradients, batch * Inputs);
            Gather(dy, _atoms, _gradients);
            (_dy, _dx) = (_gradients, dx is null ? [] : _inputGradients);
        }

        BiasGradients();
        _pool.Run((Inputs + ColumnsAtOnce - 1) / ColumnsAtOnce, _weightChunk);
        if (dx is not null)
        {
            _pool.Run(Rows(batch), _inputChunk);
            if (!_all)
            {
                Scatter(_inputGradients, Inputs, dx);
            }
        }
    }

    private static int Rows(int batch) => (batch + RowsAtOnce - 1) / RowsAtOnce;

    /// <summary>The rows of a chunk that ask for an action.</summary>
    private (int From, int To) RowsOf(int action, int chunk)
    {
        int from = chunk * RowsAtOnce, to = Math.Min(_batch, from + RowsAtOnce);
        return _all ? (from, to) : (Math.Max(from, _starts[action]), Math.Min(to, _starts[action + 1]));
    }

    /// <summary>Where an action's outputs begin in a row.</summary>
    private int Place(int action) => _all ? action * _atoms : 0;

    // Counted, so that rows of an action keep their order.
    private void Sort(ReadOnlySpan<int> actions)
    {
        if (_order.Length < actions.Length)
        {
            _order = new int[actions.Length];
        }

        Array.Clear(_starts, 0, _starts.Length);
        foreach (int action in actions)
        {
            _starts[action + 1]++;
        }

        for (int a = 0; a < _actions; a++)
        {
            _starts[a + 1] += _starts[a];
        }

        for (int i = actions.Length - 1; i >= 0; i--)
        {
            _order[--_starts[actions[i] + 1]] = i;
        }

        // Each start has come to lie where its action's rows begin, one place too far right.
        Array.Copy(_starts, 1, _starts, 0, _actions);
        _starts[_actions] = actions.Length;
    }

    private void Gather(float[] rows, int width, float[] sorted)
    {
        for (int i = 0; i < _starts[_actions]; i++)
        {
            rows.AsSpan(_order[i] * width, width).CopyTo(sorted.AsSpan(i * width));
        }
    }

    private void Scatter(float[] sorted, int width, float[] rows)
    {
        for (int i = 0; i < _starts[_actions]; i++)
        {
            sorted.AsSpan(i * width, width).CopyTo(rows.AsSpan(_order[i] * width));
        }
    }

    // T_a = W_v + W_a − 1/|A| Σ W_a', and packed for both ways.
    private void Fold()
    {
        if (!_stale)
        {
            return;
        }

        Common(_value.Values, _advantage.Values, _common);
        Common(_valueBias.Values, _advantageBias.Values, _foldedBias.AsSpan(0, _atoms));
        for (int a = _actions - 1; a >= 0; a--)
        {
            Span<float> bias = _foldedBias.AsSpan(a * _atoms, _atoms);
            _foldedBias.AsSpan(0, _atoms).CopyTo(bias);
            Lanes.Add(bias, _advantageBias.Values.Slice(a * _atoms, _atoms));
        }

        _pool.Run(_actions, _foldChunk);
        _stale = false;
    }

    private void Common(ReadOnlySpan<float> value, ReadOnlySpan<float> advantages, Span<float> common)
    {
        value.CopyTo(common);
        for (int a = 0; a < _actions; a++)
        {
            Lanes.AddScaled(common, advantages.Slice(a * value.Length, value.Length), -1f / _actions);
        }
    }

    private void FoldChunk(int action, int worker)
    {
        Span<float> folded = _folded[worker];
        _common.CopyTo(folded);
        Lanes.Add(folded, _advantage.Values.Slice(action * folded.Length, folded.Length));
        Gemm.Pack(folded, 1, Inputs, Inputs, _atoms, _forward.AsSpan(action * _forwardPanels, _forwardPanels));
        Gemm.Pack(folded, Inputs, 1, _atoms, Inputs, _backward.AsSpan(action * _backwardPanels, _backwardPanels));
    }

    private void ForwardChunk(int chunk, int worker)
    {
        for (int a = 0; a < _actions; a++)
        {
            (int from, int to) = RowsOf(a, chunk);
            if (from < to)
            {
                Gemm.Multiply(
                    to - from, _atoms, Inputs, _x.AsSpan(from * Inputs), Inputs, 1, _forward.AsSpan(a * _forwardPanels, _forwardPanels),
                    _y.AsSpan(from * _stride + Place(a)), _stride, bias: _foldedBias.AsSpan(a * _atoms, _atoms));
            }
        }
    }

    // dx = Σₐ dyₐ Tₐ
    private void InputChunk(int chunk, int worker)
    {
        for (int a = 0; a < _actions; a++)
        {
            (int from, int to) = RowsOf(a, chunk);
            if (from < to)
            {
                Gemm.Multiply(
                    to - from, Inputs, _atoms, _dy.AsSpan(from * _stride + Place(a)), _stride, 1, _backward.AsSpan(a * _backwardPanels, _backwardPanels),
                    _dx.AsSpan(from * Inputs), Inputs, accumulate: _all && a > 0);
            }
        }
    }

    // dTₐ = dyₐᵀ x over the action's rows;  dW_v = Σ dTₐ,  dWₐ = dTₐ − 1/|A| Σ dTₐ'
    private void WeightChunk(int chunk, int worker)
    {
        int column = chunk * ColumnsAtOnce, width = Math.Min(ColumnsAtOnce, Inputs - column);
        Ensure(ref _columns[worker], Gemm.PackedLength(_batch, width));
        Span<float> panels = _columns[worker], value = _value.Gradient, advantages = _advantage.Gradient;
        for (int a = 0; a < _actions; a++)
        {
            (int from, int to) = _all ? (0, _batch) : (_starts[a], _starts[a + 1]);
            Span<float> gradient = advantages.Slice(a * _atoms * Inputs, _atoms * Inputs);
            if (from == to)
            {
                for (int row = 0; row < _atoms; row++)
                {
                    gradient.Slice(row * Inputs + column, width).Clear();
                }

                continue;
            }

            if (!_all || a == 0)
            {
                Gemm.Pack(_x.AsSpan(from * Inputs + column), Inputs, 1, to - from, width, panels);
            }

            Gemm.Multiply(_atoms, width, to - from, _dy.AsSpan(from * _stride + Place(a)), 1, _stride, panels, gradient.Slice(column), Inputs);
        }

        for (int row = 0; row < _atoms; row++)
        {
            Share(value.Slice(row * Inputs + column, width), advantages.Slice(row * Inputs + column), _atoms * Inputs);
        }
    }

    private void BiasGradients()
    {
        Span<float> gradients = _advantageBias.Gradient;
        if (_all)
        {
            Lanes.SumRows(_dy, _batch, Outputs, gradients);
        }
        else
        {
            for (int a = 0; a < _actions; a++)
            {
                Lanes.SumRows(_dy.AsSpan(_starts[a] * _atoms), _starts[a + 1] - _starts[a], _atoms, gradients.Slice(a * _atoms, _atoms));
            }
        }

        Share(_valueBias.Gradient, gradients, _atoms);
    }

    /// <summary>From each action's own gradient to the value's, their sum, and the advantages', what is left of theirs without the mean.</summary>
    private void Share(Span<float> value, Span<float> advantages, int apart)
    {
        value.Clear();
        for (int a = 0; a < _actions; a++)
        {
            Lanes.Add(value, advantages.Slice(a * apart, value.Length));
        }

        for (int a = 0; a < _actions; a++)
        {
            Lanes.AddScaled(advantages.Slice(a * apart, value.Length), value, -1f / _actions);
        }
    }
}
