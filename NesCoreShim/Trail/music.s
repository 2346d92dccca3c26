; The songs, composed for Trail. Four parts each: pulse (gives way to effects), pulse, triangle, drums.

rest = 64
tick = 1
tap  = 2
thud = 3

nA1  = 1
nBb1 = 2
nB1  = 3
nC2  = 4
nCs2 = 5
nD2  = 6
nEb2 = 7
nE2  = 8
nF2  = 9
nFs2 = 10
nG2  = 11
nAb2 = 12
nA2  = 13
nBb2 = 14
nB2  = 15
nC3  = 16
nCs3 = 17
nD3  = 18
nEb3 = 19
nE3  = 20
nF3  = 21
nFs3 = 22
nG3  = 23
nAb3 = 24
nA3  = 25
nBb3 = 26
nB3  = 27
nC4  = 28
nCs4 = 29
nD4  = 30
nEb4 = 31
nE4  = 32
nF4  = 33
nFs4 = 34
nG4  = 35
nAb4 = 36
nA4  = 37
nBb4 = 38
nB4  = 39
nC5  = 40
nCs5 = 41
nD5  = 42
nEb5 = 43
nE5  = 44
nF5  = 45
nFs5 = 46
nG5  = 47
nAb5 = 48
nA5  = 49
nBb5 = 50
nB5  = 51
nC6  = 52
nCs6 = 53
nD6  = 54
nEb6 = 55
nE6  = 56
nF6  = 57
nFs6 = 58
nG6  = 59
nAb6 = 60

; A part: notes, each for the length in frames that was set last.
.define length(frames) $80 + frames

MUSIC_NONE       = 0
MUSIC_DEATH      = 1
MUSIC_CLEAR      = 2
MUSIC_CASTLE_CLEAR = 3
MUSIC_GAME_OVER  = 4
MUSIC_LOOPS      = 5            ; from here on songs go round
MUSIC_OVERWORLD  = 5
MUSIC_UNDERGROUND = 6
MUSIC_CASTLE     = 7
MUSIC_WATER      = 8
MUSIC_STAR       = 9

AreaSongs:                      ; water, ground, underground, castle
    .byte MUSIC_WATER, MUSIC_OVERWORLD, MUSIC_UNDERGROUND, MUSIC_CASTLE

.macro songs table, take
  table:
    .repeat 4
    .byte 0
    .endrepeat
    .byte take(Death1), take(Death2), take(Death3), 0
    .byte take(Clear1), take(Clear2), take(Clear3), 0
    .byte take(Castle_Clear1), take(Castle_Clear2), take(Castle_Clear3), 0
    .byte take(Game_Over1), take(Game_Over2), take(Game_Over3), 0
    .byte take(Hike1), take(Hike2), take(Hike3), take(Hike4)
    .byte 0, take(Burrow2), take(Burrow3), take(Burrow4)
    .byte take(Keep1), take(Keep2), take(Keep3), take(Keep4)
    .byte take(Brook1), take(Brook2), take(Brook3), 0
    .byte take(Spark1), take(Spark2), take(Spark3), take(Spark4)
.endmacro

songs SongLow, .lobyte
songs SongHigh, .hibyte

; Overworld: a hike in G, four beats of 22 frames.
Hike2:
    .byte length(22), nD5, length(11), nB4, nG4, length(22), nA4, nB4
    .byte length(44), nG4, length(22), rest, nD4
    .byte nE4, length(11), nG4, nA4, length(22), nB4, nD5
    .byte length(66), nA4, length(22), rest
    .byte nD5, length(11), nE5, nD5, length(22), nB4, nG4
    .byte length(11), nA4, nB4, length(22), nC5, nB4, nA4
    .byte nG4, length(11), nE4, nFs4, length(22), nG4, nA4
    .byte length(44), nG4, length(22), rest, rest
    .byte nC5, length(11), nE5, nC5, length(22), nG4, nC5
    .byte nB4, length(11), nD5, nB4, length(22), nG4, nB4
    .byte nA4, length(11), nB4, nC5, length(22), nB4, nA4
    .byte length(44), nB4, nD5
    .byte length(22), nE5, length(11), nD5, nC5, length(22), nB4, nC5
    .byte nD5, length(11), nB4, nG4, length(22), nE4, nG4
    .byte nA4, length(11), nA4, nB4, length(22), nA4, nFs4
    .byte length(66), nG4, length(22), rest, 0
Hike1:
    .byte length(22), rest, nG4, rest, nG4, rest, nB3, rest, nB3
    .byte rest, nG4, rest, nG4, rest, nFs4, rest, nFs4
    .byte rest, nG4, rest, nG4, rest, nE4, rest, nE4
    .byte rest, nC4, rest, nC4, rest, nB3, rest, rest
    .byte rest, nE4, rest, nE4, rest, nD4, rest, nD4
    .byte rest, nFs4, rest, nFs4, rest, nG4, rest, nG4
    .byte rest, nG4, rest, nG4, rest, nB3, rest, nB3
    .byte rest, nFs4, rest, nD4, rest, nB3, rest, rest, 0
Hike3:
    .byte length(22), nG2, nD3, nB2, nD3, nG2, nD3, nB2, nD3
    .byte nC3, nG3, nE3, nG3, nD3, nA3, nFs3, nA3
    .byte nG2, nD3, nB2, nD3, nA2, nE3, nC3, nE3
    .byte nC3, nG3, nD3, nA3, nG2, nD3, nG2, rest
    .byte nC3, nG3, nE3, nG3, nG2, nD3, nB2, nD3
    .byte nD3, nA3, nFs3, nA3, nG2, nD3, nB2, nD3
    .byte nC3, nG3, nE3, nG3, nB2, nFs3, nE3, nB2
    .byte nD3, nA3, nD3, nFs3, nG2, nD3, nG2, rest, 0
Hike4:
    .byte length(22), thud, length(11), tick, tick, length(22), tap, tick, 0

; Underground: something drips.
Burrow2:
    .byte length(10), nE3, rest, nG3, rest, nBb3, nA3, rest, rest, nE3, rest, nG3, rest, nCs4, nC4, rest, rest
    .byte nE3, rest, nG3, rest, nBb3, nA3, rest, rest, nF3, rest, nD3, rest, nEb3, nE3, rest, rest, 0
Burrow3:
    .byte length(40), nE2, nE2, nE2, nF2, nE2, nE2, nD2, nEb2, 0
Burrow4:
    .byte length(20), tick, rest, tick, tap, 0

; Castle: no way to sit still.
Keep2:
    .byte length(7), nD4, nEb4, nD4, nCs4, nD4, nEb4, nD4, nAb4, nD4, nEb4, nD4, nCs4, nD4, nCs4, nC4, nB3
    .byte nF4, nFs4, nF4, nE4, nF4, nFs4, nF4, nB4, nF4, nFs4, nF4, nE4, nF4, nE4, nEb4, nD4, 0
Keep1:
    .byte length(28), nD3, nAb3, nD3, nG3, nF3, nB3, nF3, nBb3, 0
Keep3:
    .byte length(14), nD2, rest, nD2, nD2, rest, nD2, nEb2, nCs2, nF2, rest, nF2, nF2, rest, nF2, nE2, nEb2, 0
Keep4:
    .byte length(14), thud, tick, tap, tick, 0

; Water: a slow turn, three beats of 26 frames.
Brook2:
    .byte length(52), nE4, length(26), nG4, length(52), nC5, length(26), nB4, length(52), nA4, length(26), nF4
    .byte length(78), nG4, length(52), nA4, length(26), nC5, length(52), nB4, length(26), nG4
    .byte length(26), nF4, nA4, nG4, length(78), nE4
    .byte length(52), nD4, length(26), nF4, length(52), nB4, length(26), nA4, length(52), nG4, length(26), nE4
    .byte length(78), nA4, length(26), nF4, nG4, nA4, nB4, nA4, nD4, length(78), nC4, nC4, 0
Brook1:
    .byte length(26), rest, nC4, nC4, rest, nE4, nE4, rest, nC4, nC4, rest, nB3, nB3
    .byte rest, nC4, nC4, rest, nD4, nD4, rest, nB3, nB3, rest, nC4, nC4
    .byte rest, nB3, nB3, rest, nD4, nD4, rest, nC4, nC4, rest, nE4, nE4
    .byte rest, nC4, nC4, rest, nB3, nB3, rest, nG3, nG3, rest, nE3, rest, 0
Brook3:
    .byte length(78), nC3, nA2, nF2, nE2, nF2, nG2, nD3, nC3, nG2, nB2, nC3, nA2, nF2, nG2, nC3, nC2, 0

; Star: in a hurry.
Spark2:
    .byte length(6), nA4, nCs5, nE5, nCs5, nA4, nE5, nA5, nE5, nB4, nD5, nFs5, nD5, nB4, nFs5, nB5, nFs5, 0
Spark1:
    .byte length(12), nCs4, nE4, nCs4, nE4, nD4, nFs4, nD4, nFs4, 0
Spark3:
    .byte length(12), nA2, nA3, nA2, nA3, nB2, nB3, nB2, nB3, 0
Spark4:
    .byte length(6), tap, tick, tick, tick, 0

Death2:
    .byte length(8), rest, rest, nB4, nA4, nF4, length(16), nE4, length(8), nEb4, length(16), nC4, nA3, length(40), nE3, 0
Death1:
    .byte length(16), rest, length(24), nF4, nC4, length(16), nA3, nE3, length(40), nC3, 0
Death3:
    .byte length(16), rest, length(24), nD3, nA2, length(16), nF2, nE2, length(40), nA2, 0

Clear2:
    .byte length(8), nG4, nB4, nD5, length(16), nG5, length(8), nE5, length(16), nC5, length(8), nD5, nE5, nFs5
    .byte length(16), nA5, length(8), nFs5, length(40), nG5, 0
Clear1:
    .byte length(24), nB3, nD4, nG4, nA4, nC4, length(40), nB4, 0
Clear3:
    .byte length(24), nG2, nB2, nC3, nD3, nD2, length(40), nG2, 0

Castle_Clear2:
    .byte length(10), nD4, nFs4, nA4, nD5, nA4, nD5, length(20), nFs5, nE5, length(10), nD5, nB4, nG4, nB4, length(20), nA4, nCs5
    .byte length(60), nD5, 0
Castle_Clear1:
    .byte length(20), nFs3, nA3, nFs4, nA4, nG4, nD4, nE4, nE4, length(10), nFs4, nA4, length(60), nFs4, 0
Castle_Clear3:
    .byte length(20), nD3, nA2, nD3, nA2, nG2, nB2, nA2, nA2, length(10), nD3, nA2, length(60), nD2, 0

Game_Over2:
    .byte length(24), nE5, nC5, nA4, length(36), nF4, length(12), nG4, length(24), nA4, nE4, length(72), nC4, 0
Game_Over1:
    .byte length(48), nC4, nA3, nF3, nD3, length(72), nE3, 0
Game_Over3:
    .byte length(48), nA2, nF2, nD2, nE2, length(72), nA2, 0
