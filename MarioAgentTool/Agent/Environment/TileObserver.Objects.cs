using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

// What moves: drawn into the planes, and the nearest listed with more detail than a tile has.
public sealed partial class TileObserver
{
    // x and y of a fire bar's end at radius 64, by angle: clockwise from straight up, 32 a turn (FirebarPosLookupTbl).
    private static ReadOnlySpan<sbyte> Sine =>
    [
        0, 12, 24, 36, 45, 53, 59, 63, 64, 63, 59, 53, 45, 36, 24, 12,
        0, -12, -24, -36, -45, -53, -59, -63, -64, -63, -59, -53, -45, -36, -24, -12,
    ];

    // Objects found in this frame and their distance, nearest first.
    private readonly int[] _nearest = new int[RamMap.ObjectSlots], _distance = new int[RamMap.ObjectSlots];

    // Where the objects were when last observed, and how fire bars stood: what these and lifts do is not in their speed bytes.
    private readonly Known[] _known = new Known[RamMap.ObjectSlots];

    private void DrawHammers(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        for (int slot = 0; slot < RamMap.MiscSlots; slot++)
        {
            if (frame.TryGetHammer(slot, out var box))
            {
                window.Mark(box, observation, _hazard);
            }
        }
    }

    /// <summary>Draws the six slots into their planes and sorts those worth listing by distance.</summary>
    private int DrawObjects(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        int found = 0;
        for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
        {
            var thing = frame.Object(slot);
            var kind = KindFor(frame, thing);
            if (kind == ObjectKind.None)
            {
                continue;
            }

            var ink = kind switch
            {
                ObjectKind.Stompable => _stompable,
                ObjectKind.Hazard => _hazard,
                ObjectKind.Platform => _platform,
                _ => _powerUp,
            };
            window.Mark(thing.Box, observation, ink);
            if (thing.IsFireBar)
            {
                DrawFireBar(thing, window, observation);
            }

            var box = thing.Box;
            int distance = Math.Abs(box.CentreX - frame.LevelX - 8) + Math.Abs(box.CentreY - frame.Y - 24);
            int place = found++;
            for (; place > 0 && _distance[place - 1] > distance; place--)
            {
                _distance[place] = _distance[place - 1];
                _nearest[place] = _nearest[place - 1];
            }

            _distance[place] = distance;
            _nearest[place] = slot;
        }

        return found;
    }

    private void DrawFireBar(in ObjectSlot bar, in Window window, Span<byte> observation)
    {
        int angle = bar.FireBarAngle;
        for (int ball = 1; ball < bar.FireBarBalls; ball++)
        {
            int x = bar.LevelX + ball * 8 * Sine[angle] / 64, y = bar.Y - ball * 8 * Sine[(angle + 8) & 31] / 64;
            window.Mark(new Box(x, y, x + 8, y + 8), observation, _hazard);
        }
    }

    private void ListObjects(in MarioFrame frame, int found, Span<byte> list)
    {
        for (int i = 0; i < Objects && i < found; i++)
        {
            var thing = frame.Object(_nearest[i]);
            var box = thing.Box;
            var kind = KindFor(frame, thing);
            var entry = list.Slice(i * ObjectBytes, ObjectBytes);
            entry[0] = (byte)One;

            // 2 pixels a unit: 64 is eight tiles away.
            entry[1] = Clamp((box.CentreX - frame.LevelX - 8) / 2);
            entry[2] = Clamp((box.CentreY - frame.Y - 24) / 2);

            // A fire bar's speed bytes hold its angle: given is where its end points, and in the platform's place how it turns. A lift's
            // hold other things: given is how far it went since the last observation, 8 a pixel.
            (int vx, int vy) = thing.IsFireBar ? (Sine[thing.FireBarAngle], -Sine[(thing.FireBarAngle + 8) & 31])
                : kind == ObjectKind.Platform ? Motion(thing) : (thing.XSpeed * 2, thing.YSpeed * 8);
            entry[3] = Clamp(vx);
            entry[4] = Clamp(vy);
            entry[4 + (int)kind] = (byte)One;
            if (thing.IsFireBar)
            {
                entry[4 + (int)ObjectKind.Platform] = Clamp(Turn(thing));
            }
        }
    }

    private (int X, int Y) Motion(in ObjectSlot lift)
    {
        var (type, x, y) = _known[lift.Index];
        int dx = lift.LevelX - x, dy = lift.Y - y;

        // Another lift in the slot, or the same one come round again.
        return type != (int)lift.Type + 1 || Math.Abs(dx) > RamMap.TileSize || Math.Abs(dy) > RamMap.TileSize ? (0, 0) : (dx * 8, dy * 8);
    }

    // How far a fire bar turned since the last observation: 40 in four frames of a slow one, clockwise positive.
    private int Turn(in ObjectSlot bar)
    {
        const int Circle = 32 * 256, Fastest = Circle / 16;
        var (type, spin, _) = _known[bar.Index];
        int turn = (bar.FireBarSpin - spin + Circle + Circle / 2) % Circle - Circle / 2;

        // Another bar in the slot.
        return type != (int)bar.Type + 1 || Math.Abs(turn) > Fastest ? 0 : turn / 4;
    }

    private void RememberObjects(in MarioFrame frame)
    {
        for (int slot = 0; slot < _known.Length; slot++)
        {
            var thing = frame.Object(slot);
            _known[slot] = !thing.IsActive ? default
                : thing.IsFireBar ? new Known((int)thing.Type + 1, thing.FireBarSpin, 0) : new Known((int)thing.Type + 1, thing.LevelX, thing.Y);
        }
    }

    // Nothing is stomped under water.
    private static ObjectKind KindFor(in MarioFrame frame, in ObjectSlot thing)
    {
        var kind = thing.Kind;
        return kind == ObjectKind.Stompable && frame.IsSwimming ? ObjectKind.Hazard : kind;
    }

    /// <summary>What a slot held: its type from 1, 0 for nothing, and where; of a fire bar, instead of x, how far it was turned.</summary>
    private readonly record struct Known(int Type, int X, int Y);
}
