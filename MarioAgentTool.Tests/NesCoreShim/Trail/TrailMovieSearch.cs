using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Trail;

/// <summary>
/// Finds button input that clears a stage of Trail from power-on: a beam search over savestates that holds each choice for some
/// frames and keeps the states that are farthest on. Nothing is written to RAM, so what it finds is a movie.
/// </summary>
internal sealed class TrailMovieSearch
{
    private const JoypadButtons Right = JoypadButtons.Right, Left = JoypadButtons.Left, Up = JoypadButtons.Up, Down = JoypadButtons.Down;
    private const JoypadButtons A = JoypadButtons.A, B = JoypadButtons.B;
    private const int Hold = 8, Width = 60, Patience = 60, TransitionLimit = 900;

    private static readonly JoypadButtons[] _onLand = [Right | B, Right | B | A, Right, Right | A, A, JoypadButtons.None, Left, Left | A, Down, Up];
    private static readonly JoypadButtons[] _inWater = [Right | B, Right | B | A, Right, Right | A, A, JoypadButtons.None, Left, Down | Right, Left | A];

    private readonly Nes _nes;
    private readonly List<JoypadButtons> _run = [];
    private readonly HashSet<long> _seen = [];

    private TrailMovieSearch(Cartridge cartridge) => _nes = new Nes(cartridge);

    /// <summary>The input of each frame from power-on until the next stage's card, or the title, shows; null when none was found.</summary>
    /// <param name="cartridge">Trail.</param>
    /// <param name="stage">0-7, as often as Select is pressed on the title.</param>
    public static List<JoypadButtons>? Find(Cartridge cartridge, int stage) => new TrailMovieSearch(cartridge).Find(stage);

    private byte this[int address] => _nes.Ram[address];

    private bool IsPlaying => this[0x772] == 3 && this[0x770] == 1;

    private bool IsCleared => this[0x770] == 2 || (IsPlaying && this[0x0E] is 4 or 5);

    private List<JoypadButtons>? Find(int stage)
    {
        Advance(JoypadButtons.None, 20);
        for (int i = 0; i < stage; i++)
        {
            Advance(JoypadButtons.Select, 2);
            Advance(JoypadButtons.None, 2);
        }

        Advance(JoypadButtons.Start, 2);
        if (!Wait(() => IsPlaying && this[0x0E] == 8))
        {
            return null;
        }

        Node? goal = Search(new Node { State = Save(), Input = [.. _run] });
        if (goal is null)
        {
            return null;
        }

        // On to the next card, or the title: what follows the flag or the axe belongs to the movie.
        _nes.LoadState(goal.State);
        _run.Clear();
        bool isCastle = this[0x770] == 2;
        if (!Wait(() => isCastle ? this[0x770] != 2 : this[0x772] != 3, 3_000))
        {
            return null;
        }

        Advance(JoypadButtons.None, 60);
        return [.. goal.Path(), .. _run];
    }

    private Node? Search(Node start)
    {
        List<Node> beam = [start];
        long best = long.MinValue;
        for (int stale = 0; stale < Patience && beam.Count > 0; stale++)
        {
            List<Node> next = [];
            foreach (Node node in beam)
            {
                foreach (JoypadButtons pad in this[0x74E] == 0 ? _inWater : _onLand)
                {
                    if (Try(node, pad) is not { } child)
                    {
                        continue;
                    }

                    if (child.IsGoal)
                    {
                        return child;
                    }

                    next.Add(child);
                }
            }

            beam = Select(next);
            if (beam.Count > 0 && beam[0].Score > best)
            {
                best = beam[0].Score;
                stale = -1;
            }
        }

        return null;
    }

    private Node? Try(Node node, JoypadButtons pad)
    {
        _nes.LoadState(node.State);
        _run.Clear();
        int room = node.Room;
        for (int i = 0; i < Hold; i++)
        {
            Advance(pad, 1);
            if (IsCleared)
            {
                return new Node { Parent = node, State = Save(), Input = [.. _run], IsGoal = true };
            }

            bool fell = (sbyte)this[0xB5] > 1 && this[0x743] == 0;
            if (this[0x0E] is 0x0B or 6 || this[0x770] != 1 || fell)
            {
                return null;
            }

            if (this[0x0E] is 1 or 2 or 3 or 7 && !Wait(() => !IsPlaying || this[0x0E] is not (1 or 2 or 3 or 7)))
            {
                return null;
            }

            if (!IsPlaying)
            {
                room++;
                if (!Wait(() => IsPlaying && this[0x0E] == 8))
                {
                    return null;
                }
            }
        }

        int x = this[0x6D] << 8 | this[0x86], y = (this[0xB5] - 1) * 256 + this[0xCE], turns = this[0x6D9];
        int speed = (sbyte)this[0x57], state = this[0x1D];
        long key = ((room * 4L + turns) * 5000 + x / 4) * 200 + (y + 256) / 8;
        key = (key * 32 + (speed + 64) / 6) * 8 + state * 2 + ((pad & A) != 0 ? 1 : 0);
        if (!_seen.Add(key))
        {
            return null;
        }

        long score = room * 100_000L + turns * 3_000 + x * 4 - (state == 0 ? 0 : 8) + speed;
        long cell = ((room * 4L + turns) * 1000 + x / 24) * 64 + (y + 256) / 32;
        return new Node { Parent = node, State = Save(), Input = [.. _run], Room = room, Score = score, Cell = cell };
    }

    // The best, but of those who stand close to one another three only.
    private static List<Node> Select(List<Node> nodes)
    {
        Dictionary<long, int> crowd = [];
        List<Node> chosen = [];
        foreach (Node node in nodes.OrderByDescending(node => node.Score))
        {
            int neighbours = crowd.GetValueOrDefault(node.Cell);
            if (neighbours < 3)
            {
                crowd[node.Cell] = neighbours + 1;
                chosen.Add(node);
            }

            if (chosen.Count == Width)
            {
                break;
            }
        }

        return chosen;
    }

    private void Advance(JoypadButtons pad, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            _nes.FrameAdvance(pad, render: false);
            _run.Add(pad);
        }
    }

    private bool Wait(Func<bool> condition, int limit = TransitionLimit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (condition())
            {
                return true;
            }

            Advance(JoypadButtons.None, 1);
        }

        return false;
    }

    private byte[] Save()
    {
        byte[] state = new byte[_nes.StateSize];
        _nes.SaveState(state);
        return state;
    }

    private sealed class Node
    {
        public Node? Parent { get; init; }

        public required byte[] State { get; init; }

        public required List<JoypadButtons> Input { get; init; }

        public int Room { get; init; }

        public long Score { get; init; }

        public long Cell { get; init; }

        public bool IsGoal { get; init; }

        public IEnumerable<JoypadButtons> Path()
        {
            Stack<Node> nodes = [];
            for (Node? node = this; node is not null; node = node.Parent)
            {
                nodes.Push(node);
            }

            return nodes.SelectMany(node => node.Input);
        }
    }
}
