; What lives in slots 0 to 5: the loop over them, how a thing is born, its box, what happens when the
; hero touches it, and the creatures that walk.

; Traits of a type.
STOMPABLE = $80                 ; the hero may fall onto it
HARMFUL   = $40                 ; touching it from elsewhere hurts
FIREPROOF = $20                 ; fireballs burst on it
STARPROOF = $10
HAS_SHELL = $08                 ; stomped, it hides in its shell
MEETS     = $04                 ; turns round when it meets another
BUMPED    = $02                 ; a hopping block throws it off
TOPPLES   = $01                 ; stomped, it drops off the screen
LAST_TYPE = $35

Traits:
    .byte STOMPABLE | HARMFUL | HAS_SHELL | MEETS | BUMPED                  ; 00 sheller
    .byte STOMPABLE | HARMFUL | HAS_SHELL | MEETS | BUMPED
    .byte STOMPABLE | HARMFUL | HAS_SHELL | MEETS | BUMPED | FIREPROOF      ; 02 hard shell
    .byte STOMPABLE | HARMFUL | HAS_SHELL | MEETS | BUMPED                  ; 03 careful sheller
    .byte 0
    .byte STOMPABLE | HARMFUL | BUMPED | TOPPLES                            ; 05 thrower
    .byte STOMPABLE | HARMFUL | MEETS | BUMPED                              ; 06 walker
    .byte STOMPABLE | HARMFUL | TOPPLES                                     ; 07 squid
    .byte STOMPABLE | HARMFUL | TOPPLES | FIREPROOF                         ; 08 bullet
    .byte 0
    .byte STOMPABLE | HARMFUL | TOPPLES, STOMPABLE | HARMFUL | TOPPLES      ; 0A 0B fish
    .byte HARMFUL | STARPROOF                                               ; 0C lava leaper
    .byte HARMFUL                                                           ; 0D plant
    .byte STOMPABLE | HARMFUL | MEETS | BUMPED                              ; 0E winged, hops
    .byte STOMPABLE | HARMFUL, STOMPABLE | HARMFUL                          ; 0F 10 winged, fly
    .byte 0
    .byte HARMFUL | MEETS | BUMPED                                          ; 12 thistle
    .byte 0
    .byte STOMPABLE | HARMFUL | TOPPLES                                     ; 14 flying fish
    .byte HARMFUL | STARPROOF                                               ; 15 flame
    .res $2D - $16, 0
    .byte HARMFUL | STARPROOF                                               ; 2D boss
    .res $33 - $2E, 0
    .byte STOMPABLE | HARMFUL | TOPPLES | FIREPROOF                         ; 33 cannon's bullet
    .byte 0, 0

; Which of the boxes below a type has.
BoxKinds:
    .byte 3, 3, 3, 3, 0, 11, 9, 9, 9, 0, 9, 9, 9, 9, 3, 3, 3, 0, 3, 0, 9, 8
    .res $1B - $16, 0
    .byte 7, 7, 7, 7, 7, 0, 0, 0, 0
    .byte 6, 6, 6, 6, 6, 6, 6, 4, 4, 10, 3, 0, 0, 0, 2, 9, 0, 0

; From the slot's position: upper left x, y, lower right x, y.
Boxes:
    .byte $02, $08, $0E, $20, $03, $14, $0D, $20, $00, $00, $10, $18, $02, $09, $0E, $15
    .byte $00, $00, $18, $06, $00, $00, $20, $0D, $00, $00, $30, $0D, $01, $01, $07, $07
    .byte $03, $01, $14, $07, $03, $0E, $0D, $14, $04, $0A, $1C, $28, $04, $04, $0C, $18

; An area begins: forget what ClearArea does not reach.
StartObjects:
    ldy #OwnObjectsEnd - OwnObjects - 1
    lda #0
:   sta OwnObjects,y
    dey
    bpl :-
    sta FrenzyKind
    sta JumpspringAnim
    ldy #5
:   sta CannonPage,y
    dey
    bpl :-
    lda #OAM_POOL
    sta PoolStart
    sta OamOffset
    rts

UpdateObjects:
    lda #0
    sta LiftMoved
    jsr EndStar
    jsr RunFrenzy
    jsr RunCannons
    ldx #0
@slot:
    stx CurrentSlot
    lda EnemyActive,x
    beq @next
    bmi @next                   ; room taken by another slot
    jsr RunObject
@next:
    ldx CurrentSlot
    inx
    cpx #6
    bne @slot
    rts

; X = a free slot of 0 to 4; carry set when there is none.
FindSlot:
    ldx #0
@look:
    lda EnemyActive,x
    beq @found
    inx
    cpx #5
    bne @look
    rts                         ; the carry is set
@found:
    clc
    rts

; Slot X becomes an object of type A, at rest; its place is the caller's. InitObject must follow.
TakeSlot:
    sta EnemyType,x
    lda #1
    sta EnemyActive,x
    sta EnemyYHigh,x
    lda #2
    sta EnemyDir,x
    lda #0
    sta EnemyState,x
    sta EnemyXSpeed,x
    sta EnemyYSpeed,x
    sta EnemyXSub,x
    sta EnemyYSub,x
    sta EnemyYForce,x
    rts

; Slot X has a type and a place; A = the parameter its entry in the list gave. X is kept.
InitObject:
    sta Scratch
    jsr ResetSlot
    lda EnemyType,x
    cmp #LAST_TYPE + 1
    bcs ResetSlot
    jsr Dispatch
    .addr InitWalker, InitWalker, InitWalker, InitWalker, EraseEnemy, InitThrower, InitWalker, InitNothing      ; 00
    .addr InitBullet, EraseEnemy, InitFish, InitFastFish, InitLeaper, InitPlant, InitWalker, InitFlutter         ; 08
    .addr InitNothing, EraseEnemy, InitWalker, EraseEnemy, InitNothing, InitNothing, EraseEnemy, EraseEnemy      ; 10
    .addr EraseEnemy, EraseEnemy, EraseEnemy, InitBar, InitBar, InitBar, InitBar, InitBar                        ; 18
    .addr EraseEnemy, EraseEnemy, EraseEnemy, EraseEnemy, InitBalance, InitLift, InitLift, InitLift              ; 20
    .addr InitLift, InitLift, InitLift, InitLift, InitLift, InitBoss, InitNothing, InitNothing                   ; 28
    .addr InitNothing, InitNothing, InitSpring, InitCannon, EraseEnemy, InitNothing                              ; 30

; What a type remembers is forgotten.
ResetSlot:
    lda #0
    sta SlotAux,x
    sta SlotAux2,x
    sta LiftRidden,x
    sta ShellChain,x
    sta EnemyTouch,x
    sta EnemyTimer,x
    sta EnemyFrameTimer,x
    lda EnemyY,x
    sta SlotOriginY,x
    lda #$FF
    jmp FillBox

InitWalker:
    lda #<-8
    sta EnemyXSpeed,x
InitNothing:
    rts

RunObject:
    lda EnemyType,x
    cmp #LAST_TYPE + 1
    bcs InitNothing
    jsr Dispatch
    .addr RunCreature, RunCreature, RunCreature, RunCreature, InitNothing, RunCreature, RunCreature, RunCreature ; 00
    .addr RunCreature, InitNothing, RunCreature, RunCreature, RunCreature, RunCreature, RunCreature, RunCreature ; 08
    .addr RunCreature, InitNothing, RunCreature, InitNothing, RunCreature, RunCreature, InitNothing, InitNothing ; 10
    .addr InitNothing, InitNothing, InitNothing, RunBar, RunBar, RunBar, RunBar, RunBar                          ; 18
    .addr InitNothing, InitNothing, InitNothing, InitNothing, RunLift, RunLift, RunLift, RunLift                 ; 20
    .addr RunLift, RunLift, RunLift, RunLift, RunLift, RunCreature, RunPowerUp, UpdateVine                       ; 28
    .addr DrawPennant, DrawStarFlag, RunSpring, RunCreature, InitNothing, DrawWaiter                             ; 30

; A creature's frame: it moves unless everything stands still, may touch the hero, and is drawn.
RunCreature:
    lda TimerControl
    bne @still
    jsr MoveCreature
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
@still:
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
    jsr TouchPlayer
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
    jmp DrawCreature
@gone:
    rts

MoveCreature:
    lda EnemyState,x
    and #STATE_DEFEATED
    bne MoveDefeated
    lda EnemyType,x
    jsr Dispatch
    .addr MoveWalker, MoveWalker, MoveWalker, MoveWalker, InitNothing, MoveThrower, MoveWalker, MoveSquid        ; 00
    .addr MoveBullet, InitNothing, MoveFish, MoveFish, MoveLeaper, MovePlant, MoveHopper, MoveFlutter            ; 08
    .addr MoveGlider, InitNothing, MoveWalker, InitNothing, MoveFlyingFish, MoveFlame, InitNothing, InitNothing  ; 10
    .addr InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing ; 18
    .addr InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, InitNothing ; 20
    .addr InitNothing, InitNothing, InitNothing, InitNothing, InitNothing, MoveBoss, InitNothing, InitNothing    ; 28
    .addr InitNothing, InitNothing, InitNothing, MoveBullet, InitNothing, InitNothing                            ; 30

; Thrown off: down through everything.
MoveDefeated:
    inx
    jsr MoveHorizontally
    ldx CurrentSlot
FallOut:
    lda #$3D
    ldy #3
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcs EraseEnemy
    rts

EraseEnemy:
    lda EnemyType,x
    cmp #TYPE_LONG_BAR
    bne :+
    lda EnemyActive+1,x
    bpl :+
    lda #0
    sta EnemyActive+1,x
:   lda #0
    sta EnemyActive,x
    sta EnemyType,x
    sta EnemyState,x
    lda #$FF
; All four bytes of slot X's box = A.
FillBox:
    pha
    txa
    asl a
    asl a
    tay
    pla
    sta EnemyBox,y
    sta EnemyBox+1,y
    sta EnemyBox+2,y
    sta EnemyBox+3,y
    rts

; Slot X falls with force A up to speed Y.
FallObject:
    sta Tmp
    sty Tmp+1
    inx
    jsr ApplyGravity
    dex
    rts

; ---- walkers and shells ---------------------------------------------------------------------------

; 00 and 03, 02, 06, 12. State: 0 walks, 1 falls, 2 is thrown over, 3 and 4 lie still, $84 slides.
MoveWalker:
    lda EnemyState,x
    bpl :+
    jmp SlideShell
:   and #7
    cmp #2
    bcc @walks
    beq @thrown
    lda EnemyTimer,x
    beq @wakes
    lda EnemyType,x
    cmp #TYPE_WALKER
    bne @shell
    lda EnemyTimer,x
    cmp #$0F
    bcc @out
    rts
@shell:
    jsr FeetOnGround
    bcc @end
    lda #2
    sta EnemyState,x
@end:
    rts
@out:
    jmp EraseEnemy
@wakes:
    lda EnemyType,x
    cmp #TYPE_WALKER
    beq @out
    lda #0
    sta EnemyState,x
    lda #8
    sta EnemyXSpeed,x
    jsr FaceHero
    jmp SendObject
@thrown:
    lda #$3D
    ldy #3
    jsr FallObject
    inx
    jsr MoveHorizontally
    dex
    lda EnemyYHigh,x
    cmp #2
    bcs @out
    jsr FeetOnGround
    bcs @end
    lda #3
    sta EnemyState,x
    lda #$10
    sta EnemyTimer,x
    lda #0
    sta EnemyXSpeed,x
    rts
@walks:
    cmp #1
    bne :+
    jsr FallOut
    lda EnemyActive,x
    beq @end
:   inx
    jsr MoveHorizontally
    dex
    lda EnemyYHigh,x
    cmp #1
    bne @meet
    jsr FeetOnGround
    lda #0
    bcc @stands
    lda EnemyType,x
    cmp #TYPE_CAREFUL
    bne @falls
    lda EnemyState,x
    bne @falls
    jsr TurnRound               ; the careful one does not step over the edge
    jmp @meet
@falls:
    lda #ENEMY_FALLS
@stands:
    sta EnemyState,x
    jsr WallAhead
    bcc @meet
    jsr TurnRound
@meet:
    jmp WalkersMeet

; A kicked shell.
SlideShell:
    inx
    jsr MoveHorizontally
    dex
    lda EnemyState,x
    and #STATE_DROPS
    beq :+
    jsr FallOut
    lda EnemyActive,x
    beq @gone
:   lda EnemyYHigh,x
    cmp #1
    bne @gone
    jsr FeetOnGround
    lda #STATE_KICKED | 4
    bcc :+
    ora #STATE_DROPS
:   sta EnemyState,x
    jsr WallAhead
    bcc @free
    jsr TurnRound
    txa
    asl a
    asl a
    tay
    lda EnemyBox,y              ; heard only from the screen
    cmp #$FF
    beq @free
    lda #SFX_BUMP
    jsr StartSound
@free:
    jmp WalkersMeet
@gone:
    rts

; Carry clear: slot X stands on something, and is put on top of it. Carry set: it does not.
FeetOnGround:
    lda EnemyYSpeed,x
    bmi @open
    inx
    ldy #PROBE_ENEMY_FEET
    jsr Probe
    dex
    jsr IsOpen
    bcs @end
    lda EnemyY,x
    and #15
    sec
    sbc #8
    cmp #5
    bcs @end
    lda EnemyY,x
    and #$F0
    ora #8
    sta EnemyY,x
    lda #0
    sta EnemyYSpeed,x
    sta EnemyYForce,x
    clc
@end:
    rts
@open:
    sec
    rts

; Carry set: a wall is where slot X is going.
WallAhead:
    lda EnemyDir,x
    lsr a                       ; carry: to the right
    ldy #PROBE_ENEMY_RIGHT
    bcs :+
    iny
:   inx
    jsr Probe
    dex
    jsr IsOpen
    bcs @free
    sec
    rts
@free:
    clc
    rts

TurnRound:
    lda EnemyDir,x
    eor #3
; Slot X goes in direction A at the speed it has.
SendObject:
    sta EnemyDir,x
    lsr a
    lda EnemyXSpeed,x
    bcs @right
    bmi @end
    bpl @negate
@right:
    bpl @end
@negate:
    eor #$FF
    clc
    adc #1
    sta EnemyXSpeed,x
@end:
    rts

; A = the direction from slot X to the hero; Tmp, Tmp+1 = how far he is to the right.
FaceHero:
    lda ObjX
    sec
    sbc EnemyX,x
    sta Tmp
    lda ObjPage
    sbc EnemyPage,x
    sta Tmp+1
    bmi :+
    lda #1
    rts
:   lda #2
    rts

; A = how many pixels the hero is away from slot X sideways, 255 at most.
HeroDistance:
    jsr FaceHero
    lsr a
    bcs @right
    lda Tmp
    eor #$FF
    tay
    lda Tmp+1
    eor #$FF
    jmp @far
@right:
    ldy Tmp
    lda Tmp+1
@far:
    beq :+
    ldy #255
:   tya
    rts

; Slot X against the slots below it: walkers that touch part, the left one to the left, the right one
; to the right; a sliding shell throws off what it meets.
WalkersMeet:
    txa
    tay
    lda EnemyState,x
    bpl @other
    ldy #5                      ; a sliding shell looks at them all
@other:
    dey
    bpl :+
    rts
:   cpy CurrentSlot
    beq @other
    lda EnemyActive,y
    beq @other
    lda EnemyX,y                ; most are far apart
    sec
    sbc EnemyX,x
    clc
    adc #11
    cmp #23
    bcs @other
    lda EnemyType,y
    cmp #LAST_TYPE + 1
    bcs @other
    stx Tmp+3
    tax
    lda Traits,x
    ldx Tmp+3
    and #MEETS | BUMPED
    beq @other
    lda EnemyState,y
    ora EnemyState,x
    beq @close
    and #STATE_DEFEATED
    bne @other
    lda EnemyState,y
    ora EnemyState,x
    bpl @other                  ; one lies or falls
@close:
    lda EnemyY,y
    sec
    sbc EnemyY,x
    clc
    adc #8
    cmp #17
    bcs @other
    lda EnemyX,y
    sec
    sbc EnemyX,x
    sta Tmp
    lda EnemyPage,y
    sbc EnemyPage,x
    sta Tmp+1                   ; its sign: negative when the other is on the left
    lda Tmp
    clc
    adc #11
    sta Tmp
    lda Tmp+1
    adc #0
    bne @other
    lda Tmp
    cmp #23
    bcs @other
    sty Tmp+2
    lda EnemyState,x
    ora EnemyState,y
    bmi @shell
    lda EnemyType,y             ; throwers stand their ground
    cmp #TYPE_THROWER
    beq @other
    lda #2
    bit Tmp+1
    bpl :+
    lda #1
:   jsr SendObject
    lda EnemyDir,x
    eor #3
    ldx Tmp+2
    jsr SendObject
    ldx CurrentSlot
    ldy Tmp+2
    jmp @other
@shell:
    lda EnemyState,y
    bmi @hitUs                  ; the other slides
@hitOther:
    lda ShellChain,x
    inc ShellChain,x
    ldx Tmp+2
    jsr ScoreHit
    ldx Tmp+2
    jsr DefeatObject
    jmp @next
@hitUs:
    lda EnemyState,x
    bmi @both
    lda ShellChain,y
    pha
    clc
    adc #1
    sta ShellChain,y
    pla
    jsr ScoreHit
    ldx CurrentSlot
    jmp DefeatObject
@both:
    lda #0
    jsr ScoreHit
    ldx Tmp+2
    jsr DefeatObject
    ldx CurrentSlot
    jmp DefeatObject
@next:
    ldx CurrentSlot
    ldy Tmp+2
    jmp @other

; Points for the A-th victim of one shell: 500, 800, 1000...
ScoreHit:
    clc
    adc #3
    tay
    jmp ScoreChain

; 100 200 400 500 800 1000 2000 4000 5000 8000, by Y. Keeps Tmp.
ScoreChain:
    cpy #StompPointsEnd - StompPoints
    bcc :+
    ldy #StompPointsEnd - StompPoints - 1
:   ldx StompDigit,y
    lda StompPoints,y
    jmp AddScore

StompPoints:
    .byte 1, 2, 4, 5, 8, 1, 2, 4, 5, 8
StompPointsEnd:
StompDigit:
    .byte 4, 4, 4, 4, 4, 3, 3, 3, 3, 3

; Slot X is thrown off the screen.
DefeatObject:
    lda #STATE_DEFEATED
    sta EnemyState,x
    lda #<-3
    sta EnemyYSpeed,x
    lda #0
    sta EnemyYForce,x
    lda EnemyType,x
    cmp #TYPE_PLANT
    bne :+
    jmp EraseEnemy
:   lda #SFX_KICK
    jmp StartSound

; ---- winged --------------------------------------------------------------------------------------

; 0E: in hops.
MoveHopper:
    lda #$1C
    ldy #3
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcc :+
    jmp EraseEnemy
:   inx
    jsr MoveHorizontally
    dex
    jsr FeetOnGround
    bcs :+
    lda #<-3
    sta EnemyYSpeed,x
    lda EnemyY,x                ; clear of the ground at once
    sec
    sbc #2
    sta EnemyY,x
:   jsr WallAhead
    bcc :+
    jsr TurnRound
:   rts

; 0F: up and down about where it began.
MoveFlutter:
    jsr FaceHero
    sta EnemyDir,x
    lda #3
    ldy #2
    jmp SwingVertically

InitFlutter:
    lda EnemyY,x
    clc
    adc #$30
    cmp #$B0
    bcc :+
    sbc #$50
:   sta SlotOriginY,x
    rts

; 10: to and fro, bobbing.
MoveGlider:
    lda #$13
    jsr SwingSideways
    inx
    jsr MoveHorizontally
    dex
    ldy #1
    lda EnemyXSpeed,x
    bpl :+
    iny
:   tya
    sta EnemyDir,x
    lda FrameCounter
    and #3
    bne @end
    lda FrameCounter
    and #$40
    beq @down
    dec EnemyY,x
    rts
@down:
    inc EnemyY,x
@end:
    rts

; ---- where it is ----------------------------------------------------------------------------------

; Slot X's box on the screen, cut at its edges; too far off it is forgotten. EnemyRelX and DrawXHigh
; hold its place on the screen.
BoxEnemy:
    ldx CurrentSlot
    jsr PointSlotX
    lda DrawX
    sta EnemyRelX
    lda EnemyY,x
    sta EnemyRelY
    lda EnemyRelX               ; alive from 72 pixels left of the screen to 72 right of it
    clc
    adc #72
    sta Tmp
    lda DrawXHigh
    adc #0
    bmi @far
    cmp #1
    bcc BoxSlot
    bne @far
    lda Tmp
    cmp #144
    bcc BoxSlot
@far:
    lda EnemyType,x
    cmp #TYPE_PENNANT
    bcc :+
    rts
:   jmp EraseEnemy

; The box alone.
BoxSlot:
    lda EnemyYHigh,x
    cmp #1
    bne @off
    ldy EnemyType,x
    lda BoxKinds,y
    cmp #6
    bne :+
    ldy AreaType                ; lifts in castles are shorter
    cpy #3
    bne :+
    lda #5
:   asl a
    asl a
    tay
    txa
    asl a
    asl a
    tax
    lda EnemyRelX
    clc
    adc Boxes,y
    sta EnemyBox,x
    lda DrawXHigh
    adc #0
    beq @left
    bpl @clear
    lda #0                      ; begins left of the screen
    sta EnemyBox,x
@left:
    lda EnemyRelX
    clc
    adc Boxes+2,y
    sta EnemyBox+2,x
    lda DrawXHigh
    adc #0
    beq @top
    bmi @clear
    lda #$FE
    sta EnemyBox+2,x
@top:
    lda EnemyRelY
    clc
    adc Boxes+1,y
    bcs @clear
    sta EnemyBox+1,x
    lda EnemyRelY
    clc
    adc Boxes+3,y
    bcc :+
    lda #$FE
:   sta EnemyBox+3,x
    ldx CurrentSlot
    rts
@clear:
    ldx CurrentSlot
@off:
    lda #$FF
    jmp FillBox

; Carry set: slot X's box and the hero's overlap.
HeroTouches:
    lda ObjYHigh
    cmp #1
    bne @no
    txa
    asl a
    asl a
    tay
    lda EnemyBox,y
    cmp #$FF
    beq @no
    cmp PlayerBox+2
    bcs @no
    lda PlayerBox
    cmp EnemyBox+2,y
    bcs @no
    lda EnemyBox+1,y
    cmp PlayerBox+3
    bcs @no
    lda PlayerBox+1
    cmp EnemyBox+3,y
    bcs @no
    sec
    rts
@no:
    clc
    rts

; ---- the hero meets it ------------------------------------------------------------------------------

TouchPlayer:
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda EnemyState,x
    and #STATE_DEFEATED
    bne @end
    jsr HeroTouches
    bcs @touch
    lda #0
    sta EnemyTouch,x
@end:
    rts
@touch:
    ldy EnemyType,x
    lda Traits,y
    sta Scratch
    lda StarTimer
    beq @mortal
    lda Scratch
    and #STARPROOF
    bne @end
    lda EnemyType,x
    cmp #TYPE_WALKER
    bne :+
    lda EnemyState,x            ; it lies flat already
    cmp #2
    bcs @end
:   jsr DefeatObject
    ldy #0
    jmp ScoreChain
@mortal:
    lda EnemyTouch,x            ; once a meeting
    lsr a
    bcs @end
    lda Scratch
    bpl @hurt
    lda AreaType
    beq @hurt                   ; nothing is stomped under water
    lda EnemyState,x
    bmi @awake
    and #7
    cmp #2
    bcs @lies
@awake:
    lda ObjYSpeed
    bmi @above
    bne @stomp
@above:
    lda EnemyType,x
    cmp #7
    bcc :+
    lda ObjY                    ; fliers: well above is enough
    clc
    adc #12
    cmp EnemyY,x
    bcc @stomp
:   lda StompTimer
    bne @stomp
@hurt:
    inc EnemyTouch,x
    jmp InjurePlayer
@stomp:
    jmp StompObject
@lies:
    lda Scratch
    and #HAS_SHELL
    beq @done
    ; A kick.
    inc EnemyTouch,x
    lda #STATE_KICKED | 4
    sta EnemyState,x
    lda #$30
    sta EnemyXSpeed,x
    lda #0
    sta ShellChain,x
    jsr FaceHero
    eor #3
    jsr SendObject
    lda #SFX_KICK
    jsr StartSound
    ldx #4
    lda #4
    jmp AddScore
@done:
    rts

; Falling onto slot X.
StompObject:
    inc EnemyTouch,x
    lda #<-4
    sta ObjYSpeed
    lda #0
    sta ObjYForce
    sta EnemyYForce,x
    sta EnemyYSpeed,x
    lda #8
    sta StompTimer
    lda Scratch
    lsr a                       ; TOPPLES
    bcs @topples
    lda EnemyType,x
    cmp #TYPE_HOPPER
    bcs @winged
    lda #ENEMY_SQUASHED
    sta EnemyState,x
    lda #0
    sta EnemyXSpeed,x
    lda #$10
    sta EnemyTimer,x
    bne @points
@topples:
    lda #STATE_DEFEATED
    sta EnemyState,x
    lda #0
    sta EnemyXSpeed,x
    lda #<-3
    sta ObjYSpeed
    bne @points
@winged:
    sbc #TYPE_HOPPER            ; the wings are gone
    tay
    lda @wingless,y
    sta EnemyType,x
    lda #0
    sta EnemyState,x
    lda #8
    sta EnemyXSpeed,x
    jsr FaceHero
    jsr SendObject
@points:
    lda #SFX_STOMP
    jsr StartSound
    ldy StompChain
    cpy #StompPointsEnd - StompPoints - 1
    bcs :+
    inc StompChain
:   jmp ScoreChain
@wingless:
    .byte TYPE_SHELLER, TYPE_CAREFUL, TYPE_SHELLER
