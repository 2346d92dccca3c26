; Metatiles: 16 x 16 pixels, four tiles each. The top two bits of a number are its palette, and
; choose the table. Numbers below $10, $51, $88, $C0 of each class are scenery.

.macro metatile name
    .byte name, name+1, name+2, name+3
.endmacro

.macro nothing count
    .repeat count
    .byte TileBlank, TileBlank, TileBlank, TileBlank
    .endrepeat
.endmacro

MetatileTableLow:
    .byte <Greens, <Earths, <Clouds, <Golds
MetatileTableHigh:
    .byte >Greens, >Earths, >Clouds, >Golds

Greens:
    nothing 1                   ; $00 air
    metatile HillLeft
    metatile HillRight
    metatile HillFill
    metatile HillTop
    metatile HillSpots          ; $05
    metatile BushLeft
    metatile BushMiddle
    metatile BushRight
    metatile Tuft
    metatile PineTop            ; $0A
    metatile PineBody
    nothing 4
    metatile StumpTopLeft        ; $10 pipe
    metatile StumpTopRight
    nothing 2
    metatile StumpLeft           ; $14
    metatile StumpRight
    nothing $23 - $16 + 1       ; $23 is a block in mid hop
    metatile PoleBall           ; $24
    metatile PoleShaft

Earths:
    metatile PineTrunk          ; $40
    metatile LogWall
    metatile Window
    metatile RoofLeft
    metatile RoofRight
    metatile RoofMiddle         ; $45
    metatile Fence
    metatile Signpost
    nothing $4E - $48
    metatile DoorTop            ; $4E
    metatile Door
    nothing 1
    metatile Plank              ; $51
    metatile Plank
    nothing 1
    metatile Ground             ; $54
    nothing $61 - $55
    metatile Stone              ; $61

Clouds:
    metatile CloudLeft          ; $80
    metatile CloudMiddle
    metatile CloudRight

Golds:
    metatile Crate              ; $C0
    metatile Crate
    metatile Nugget             ; $C2
    metatile Nugget
    metatile EmptyCrate         ; $C4
